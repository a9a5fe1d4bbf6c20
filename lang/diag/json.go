package diag

import (
	"bytes"
	"encoding/json"

	"github.com/hashicorp/hcl/v2"
)

type jsonFinding struct {
	Code     string     `json:"code"`
	Severity string     `json:"severity"`
	Summary  string     `json:"summary"`
	File     string     `json:"file"`
	Range    jsonRange  `json:"range"`
	Label    string     `json:"label,omitempty"`
	Related  []jsonSpan `json:"related,omitempty"`
	Why      string     `json:"why,omitempty"`
	Hint     string     `json:"hint,omitempty"`
	Example  string     `json:"example,omitempty"`
	Fix      []jsonEdit `json:"fix,omitempty"`
}

type jsonSpan struct {
	File  string    `json:"file"`
	Range jsonRange `json:"range"`
	Label string    `json:"label,omitempty"`
}

type jsonEdit struct {
	File  string    `json:"file"`
	Range jsonRange `json:"range"`
	Text  string    `json:"text"`
}

type jsonRange struct {
	Start jsonPos `json:"start"`
	End   jsonPos `json:"end"`
}

// jsonPos counts lines and columns from 1 (a column is a visible character) and bytes from 0.
type jsonPos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Byte   int `json:"byte"`
}

// JSON is the finding as one JSON object on one line, without a line end.
func JSON(d *Diagnostic) []byte {
	f := jsonFinding{
		Code:     d.Code,
		Severity: d.Severity.String(),
		Summary:  d.Summary,
		File:     d.Subject.Range.Filename,
		Range:    rangeJSON(d.Subject.Range),
		Label:    d.Subject.Label,
		Why:      d.Why,
		Hint:     d.Hint,
		Example:  d.Example,
	}
	for _, s := range d.Related {
		f.Related = append(f.Related, jsonSpan{File: s.Range.Filename, Range: rangeJSON(s.Range), Label: s.Label})
	}
	for _, e := range d.Fix {
		f.Fix = append(f.Fix, jsonEdit{File: e.Range.Filename, Range: rangeJSON(e.Range), Text: e.Text})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(f); err != nil {
		// Strings and numbers always encode; reaching this line means the types above changed.
		panic("diag: " + err.Error())
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

func rangeJSON(r hcl.Range) jsonRange {
	return jsonRange{Start: jsonPos(r.Start), End: jsonPos(r.End)}
}
