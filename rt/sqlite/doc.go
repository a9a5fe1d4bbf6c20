// Package sqlite keeps rows in a file: SQLite, through modernc.org/sqlite/lib (see
// package lite for why that one). It is linked by programs with a `sqlite` thing alone
// and costs them about five megabytes.
//
//flow:opens database
package sqlite
