package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"flowc/compiler"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/sim/report"
)

// mostRounds bounds how often the tests are played anew: each round mends the first failure of each test.
const mostRounds = 200

// update puts what was sent, and what faults said, in place of what was expected, until nothing of the sort fails.
func (t *tester) update(ctx context.Context, path string) error {
	var before map[string][]byte
	for range mostRounds {
		f := compiler.Check(path)
		if f.Typed == nil {
			return nil // told by who tests it
		}
		if before == nil {
			before = f.Sources
		}
		edits, err := t.updates(ctx, f)
		if err != nil {
			return err
		}
		if len(edits) == 0 {
			showChanges(t.c, before, f.Sources)
			return nil
		}
		if err := writeFiles(folderOf(path), f.Sources, edited(f.Sources, edits)); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s: what is expected does not settle", path)
}

// folderOf is where the files of a flow are.
func folderOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path
	}
	return filepath.Dir(path)
}

// updates plays the tests and gives the edits for those that fail by what they expect.
func (t *tester) updates(ctx context.Context, f *compiler.Flow) (edits []diag.Edit, err error) {
	wanted := t.wanted(f)
	if len(wanted.Tests) == 0 {
		return nil, nil
	}
	program, err := t.build(ctx, f)
	if err != nil {
		return nil, err
	}
	err = playTests(ctx, program, folderOf(f.Path), wanted, func(r report.Result) {
		if r.Failure == nil {
			return
		}
		if step := stepAt(f.Typed.Tests[r.Test].Steps, r.Failure.Pos); step != nil {
			edits = append(edits, stepEdits(step, r.Failure, f.Sources)...)
		}
	})
	return edits, err
}

// stepEdits are the edits of one step: only what differs is written anew.
func stepEdits(s *typed.TestStep, f *report.Failure, sources map[string][]byte) (edits []diag.Edit) {
	actual := map[string]string{}
	for _, a := range f.Actual {
		actual[a.Of] = a.Text
	}
	for _, w := range s.Wants {
		k, isConst := w.X.(*typed.Const)
		if !isConst {
			continue
		}
		if text, ok := wantText(w, k, actual); ok {
			edits = append(edits, diag.Edit{Range: w.Range, Text: text})
		}
	}
	return edits
}

// wantText is what would be expected if it were written today; ok is false where that is as it is, or not known.
func wantText(w typed.Want, k *typed.Const, actual map[string]string) (text string, ok bool) {
	of := map[typed.WantSort]string{
		typed.WantTopic: "topic", typed.WantMessage: "message", typed.WantText: "text", typed.WantWhole: "text",
	}[w.Sort]
	if w.Sort == typed.WantField {
		return fieldText(w.Field, k, actual["text"])
	}
	text, ok = actual[of]
	pattern, isText := k.V.(string)
	if w.Sort == typed.WantMessage {
		pattern = "*" + pattern + "*"
	}
	return syntax.Quote(text), ok && isText && !report.Wild(pattern, text)
}

// fieldText is a field of a JSON payload as a flow writes it.
func fieldText(f types.Field, k *typed.Const, payload string) (text string, ok bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(payload), &fields) != nil {
		return "", false
	}
	name := f.Wire
	if name == "" {
		name = f.Name
	}
	raw, ok := fields[name]
	if !ok || string(raw) == "null" {
		return "null", f.Type.Kind == types.Optional && k.V != nil
	}
	t := f.Type
	if t.Kind == types.Optional {
		t = t.Elem
	}
	var value any
	if t.Form != nil || json.Unmarshal(raw, &value) != nil {
		return "", false
	}
	switch v := value.(type) {
	case bool:
		return map[bool]string{true: "on", false: "off"}[v], k.V != v
	case float64:
		if have, ok := number(k.V); ok && have == v {
			return "", false
		}
		text = string(raw)
		if t.Kind == types.Quantity && t.Unit.Name != "" {
			text += "." + t.Unit.Name
		}
		return text, t.Kind == types.Int || t.Kind == types.Number || t.Kind == types.Quantity
	case string:
		pattern, isText := k.V.(string)
		if isText && report.Wild(pattern, v) {
			return "", false
		}
		if t.Kind == types.Enum {
			return v, true
		}
		return syntax.Quote(v), t.Kind == types.String
	}
	return "", false
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// edited are the files with the edits in them, those further down first.
func edited(files map[string][]byte, edits []diag.Edit) map[string][]byte {
	out := map[string][]byte{}
	for name, text := range files {
		var b strings.Builder
		at := 0
		for {
			next, found := diag.Edit{}, false
			for _, e := range edits {
				if e.Range.Filename == name && e.Range.Start.Byte >= at && (!found || e.Range.Start.Byte < next.Range.Start.Byte) {
					next, found = e, true
				}
			}
			if !found {
				break
			}
			b.Write(text[at:next.Range.Start.Byte])
			b.WriteString(next.Text)
			at = next.Range.End.Byte
		}
		b.Write(text[at:])
		out[name] = []byte(b.String())
	}
	return out
}
