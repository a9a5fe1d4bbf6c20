// Package feed reads feeds of news. The library that knows their many dialects is
// here, so that a flow without one does not pay a megabyte and a half for it.
//
//flow:opens network
package feed
