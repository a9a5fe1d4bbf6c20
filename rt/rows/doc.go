// Package rows adds rows to databases, asks them and changes them, whatever database it
// is: the kinds sql_insert, sql_query and sql_exec, and the queue between them and a
// connection. What a database is to them is Database and Store.
//
//flow:opens nothing
package rows

import "flowc/rt/flow"

// Database is a thing with tables.
type Database interface {
	// Line is where jobs are handed in; there is one once the thing has started.
	Line() *Line
	// Tables are what the flow declares.
	Tables() flow.Tables
}
