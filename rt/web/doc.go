// Package web asks web servers and answers web clients. Everything that links
// net/http is here, so that a flow without it does not pay for it.
//
//flow:opens network
package web
