package scan

import (
	"errors"
	"slices"
	"strings"
)

// callItem is one name of a //flow:call directive.
type callItem struct {
	name     string
	optional bool
	variadic bool
}

// callForm is how a flow writes a call: the arguments in order, then the legal
// sets of options of the trailing options object.
type callForm struct {
	args []callItem
	sets [][]callItem
}

var (
	errBraces = errors.New("wants its braces at the end, closed once: e, d, {a, b | c}")
	errEmpty  = errors.New("has an empty place between two commas")
	errName   = errors.New("wants names in small letters, with ? or ... behind them")
)

// parseCall reads `e, d?, {a, b | c, d?}`.
func parseCall(text string) (callForm, error) {
	var form callForm
	head, inner, braces := strings.Cut(text, "{")
	if braces {
		body, tail, closed := strings.Cut(inner, "}")
		if !closed || strings.TrimSpace(tail) != "" || strings.Contains(body, "{") {
			return form, errBraces
		}
		for set := range strings.SplitSeq(body, "|") {
			items, err := parseItems(set)
			if err != nil {
				return form, err
			}
			if len(items) == 0 {
				return form, errEmpty
			}
			form.sets = append(form.sets, items)
		}
		head = strings.TrimSpace(head)
		if rest, ok := strings.CutSuffix(head, ","); ok {
			head = rest
		} else if head != "" {
			return form, errBraces
		}
	} else if strings.Contains(text, "}") {
		return form, errBraces
	}
	var err error
	form.args, err = parseItems(head)
	return form, err
}

func parseItems(text string) ([]callItem, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var list []callItem
	for part := range strings.SplitSeq(text, ",") {
		var item callItem
		item.name = strings.TrimSpace(part)
		item.name, item.variadic = strings.CutSuffix(item.name, "...")
		if !item.variadic {
			item.name, item.optional = strings.CutSuffix(item.name, "?")
		}
		if item.name == "" {
			return nil, errEmpty
		}
		if !validName(item.name) {
			return nil, errName
		}
		list = append(list, item)
	}
	return list, nil
}

// options are the names of all sets in order, each once.
func (c callForm) options() []callItem {
	var list []callItem
	for _, set := range c.sets {
		for _, item := range set {
			if !slices.ContainsFunc(list, func(i callItem) bool { return i.name == item.name }) {
				list = append(list, item)
			}
		}
	}
	return list
}

// setNames are the legal combinations, or nil when there is just one.
func (c callForm) setNames() [][]string {
	if len(c.sets) < 2 {
		return nil
	}
	var list [][]string
	for _, set := range c.sets {
		var names []string
		for _, item := range set {
			names = append(names, item.name)
		}
		list = append(list, names)
	}
	return list
}
