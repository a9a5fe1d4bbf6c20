package emit

import (
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
)

// settingsCode prints the settings and how each is read.
func (g *generator) settingsCode(f *jen.File) {
	var fields, list []jen.Code
	for _, s := range g.plan.Flow.Settings {
		fields = append(fields, docLines(s.Doc)...)
		fields = append(fields, jen.Id(settingGo(s.Name)).Add(g.types.goType(s.Type)).Comment(at(s.Pos)))
		list = append(list, g.settingInfo(s))
	}
	f.Comment("settings are what the flow is told at start.")
	f.Type().Id("settings").Struct(fields...)
	f.Line()
	f.Comment("list tells where each setting is looked for and how it is read.")
	f.Func().Params(jen.Id("s").Op("*").Id("settings")).Id("list").Params().Index().Add(flowName("Setting")).Block(
		jen.Return(jen.Index().Add(flowName("Setting")).Custom(multiline, list...)))
}

func (g *generator) hasSettings() bool { return len(g.plan.Flow.Settings) > 0 }

// ifSettings is code that a program with settings has.
func (g *generator) ifSettings(code ...jen.Code) []jen.Code {
	if g.hasSettings() {
		return code
	}
	return nil
}

func (g *generator) settingInfo(s *typed.Setting) jen.Code {
	values := []jen.Code{
		jen.Id("Name").Op(":").Lit(s.Name),
		jen.Id("Env").Op(":").Lit(s.Env),
	}
	if s.Doc != "" {
		values = append(values, jen.Id("Doc").Op(":").Add(quoted(s.Doc)))
	}
	values = append(values, jen.Id("Type").Op(":").Lit(settingType(s.Type)+settingRange(s)))
	if s.Default != nil {
		values = append(values, jen.Id("Default").Op(":").Lit(settingText(s.Default, s.Type)))
	} else {
		values = append(values, jen.Id("Required").Op(":").True())
	}
	if s.Type.Kind == types.Secret {
		values = append(values, jen.Id("Secret").Op(":").True())
	}
	values = append(values, jen.Id("Parse").Op(":").Add(g.settingParser(s)))
	return jen.Custom(multiline, values...)
}

// settingType names a setting's type in words.
func settingType(t *types.Type) string {
	switch t.Kind {
	case types.Bool:
		return "switch (on or off)"
	case types.Int:
		return "whole number"
	case types.Number:
		return "number"
	case types.Duration:
		return "duration"
	case types.Quantity:
		return "number in " + t.Unit.Symbol
	case types.Enum:
		return "one of " + strings.Join(t.Values, ", ")
	case types.Date:
		return "date"
	case types.TimeOfDay:
		return "time of day"
	case types.Secret:
		return "secret"
	}
	return "text"
}

// settingRange is ", 5 to 30" where the flow bounds a setting.
func settingRange(s *typed.Setting) string {
	switch {
	case !s.HasRange:
		return ""
	case s.Type.Kind == types.Duration:
		return ", " + settingText(time.Duration(s.Min), s.Type) + " to " + settingText(time.Duration(s.Max), s.Type)
	}
	return ", " + strconv.FormatFloat(s.Min, 'g', 6, 64) + " to " + strconv.FormatFloat(s.Max, 'g', 6, 64)
}

// settingText is a default as a person would give it.
func settingText(v any, t *types.Type) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Duration:
		return shortDuration(v)
	case fn.Date:
		return fn.FormatDate(v)
	case fn.TimeOfDay:
		return fn.FormatTimeOfDay(v)
	case bool:
		if v {
			return "on"
		}
		return "off"
	}
	text := constText(v)
	if t.Kind == types.Quantity && t.Unit.Name != "" {
		return text + "." + t.Unit.Name
	}
	return text
}

func (g *generator) settingParser(s *typed.Setting) jen.Code {
	place := jen.Op("&").Id("s").Dot(settingGo(s.Name))
	args := []jen.Code{place}
	name := map[types.Kind]string{
		types.Bool: "ParseBool", types.Int: "ParseInt", types.Number: "ParseNumber",
		types.Duration: "ParseDuration", types.Quantity: "ParseQuantity",
		types.Enum: "ParseChoice", types.Secret: "ParseSecret",
	}[s.Type.Kind]
	switch s.Type.Kind {
	case types.Date:
		name, args = "ParseWith", append(args, jen.Lit("a date such as 2026-12-24"), jen.Qual(fnPath, "ReadDate"))
	case types.TimeOfDay:
		name, args = "ParseWith", append(args, jen.Lit("a time of day such as 07:00"), jen.Qual(fnPath, "ReadTimeOfDay"))
	case types.Quantity:
		args = append(args, jen.Lit(s.Type.Unit.Name), jen.Lit(s.Type.Unit.Symbol))
	case types.Enum:
		for _, v := range s.Type.Values {
			args = append(args, jen.Lit(v))
		}
	}
	if name == "" {
		name = "ParseString"
	}
	if s.HasRange {
		low, high := s.Min, s.Max
		if s.Type.Kind == types.Duration { // limits of a duration are in seconds
			low, high = time.Duration(low).Seconds(), time.Duration(high).Seconds()
		}
		args = append(args, flowName("Limits").Values(jen.Id("Min").Op(":").Add(float(low)), jen.Id("Max").Op(":").Add(float(high))))
	}
	return flowName(name).Call(args...)
}

// shortDuration is a duration without the parts that are nothing: 1h, not 1h0m0s.
func shortDuration(d time.Duration) string {
	text := d.String()
	if rest, ok := strings.CutSuffix(text, "m0s"); ok {
		text = rest + "m"
	}
	if rest, ok := strings.CutSuffix(text, "h0m"); ok {
		text = rest + "h"
	}
	return text
}

func (g *generator) settingField(s *typed.Setting) string { return settingGo(s.Name) }

func settingGo(name string) string { return lowerCamel(name) + "Set" }
