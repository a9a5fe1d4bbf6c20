package wirejson

import "encoding/base64"

// Base64 reads bytes that are sent as text in base64 with padding (RFC 4648,
// section 4), the way JSON carries bytes.
func (s *Scanner) Base64() []byte {
	text := s.Bytes()
	if s.err != nil {
		return nil
	}
	data, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		s.Reject("bytes in base64")
		return nil
	}
	return data
}

// AppendBase64 appends bytes as text in base64.
func AppendBase64(dst, data []byte) []byte {
	dst = append(dst, '"')
	dst = base64.StdEncoding.AppendEncode(dst, data)
	return append(dst, '"')
}
