// Package wiresql carries rows between a program and its database, as plain bytes that
// wait in queues like any others. What a cell of a table looks like for each type is
// decided here: see Append.
package wiresql
