// Package op holds the operators that remember, such as toggle, hysteresis and
// average: each is a struct of options and plain-data state with a method Step.
// The compiler makes one instance for every place (and key) where a flow calls one.
package op
