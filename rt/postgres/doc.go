// Package postgres holds the database kind `postgres`: a connection to a PostgreSQL
// server on the messages of pgx's pgproto3, and how its tables are made.
//
//flow:opens network
package postgres
