// Package postgres holds the database kind `postgres`: a connection to a PostgreSQL
// server on the messages of pgx's pgproto3, and how its tables are made. The connection
// is its own because pgx's pgconn brings pgtype and the tables of SASLprep along, and
// with them 1.5 MB of every program for an arm64 Pi (6.03 instead of 4.52 MB for one
// that only connects).
//
//flow:opens network
package postgres
