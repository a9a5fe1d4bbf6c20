// Package wiretext reads and writes lines of plain text for generated decoders and
// encoders: CSV (RFC 4180) and lines with a pattern. It is as strict and as bounded
// as wirejson, whose errors it gives.
package wiretext
