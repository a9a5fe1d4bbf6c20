// Command catalog makes lang/catalog/catalog.json and lang/check/fold_table.go from
// the source of rt. Run it in the repository (or by go generate) after a kind, an
// operator or a function has changed.
package main

import (
	"flag"
	"fmt"
	"os"

	"flowc/compiler/scan"
)

func main() {
	dir := flag.String("dir", ".", "the repository")
	check := flag.Bool("check", false, "write nothing; fail when the catalogue is stale")
	flag.Parse()
	problems, err := scan.Commit(*dir, !*check)
	for _, p := range problems {
		fmt.Fprintln(os.Stderr, p)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || len(problems) > 0 {
		os.Exit(1)
	}
}
