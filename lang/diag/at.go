package diag

import "github.com/hashicorp/hcl/v2"

// At is a place of some width on one line, for those who know it by line and column.
func At(file string, line, column, width int) hcl.Range {
	start := hcl.Pos{Line: line, Column: column}
	end := start
	end.Column += width
	return hcl.Range{Filename: file, Start: start, End: end}
}
