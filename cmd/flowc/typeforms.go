package main

import "flowc/compiler"

// typeForms are forms of types with a flow that uses each: what the checker takes today is found out by asking it.
var typeForms = map[string]string{
	"scaled": "scaled(0.1, pct)", "string_as": "string_as(V)", "words": `words({ on = "ON", off = "OFF" })`,
	"epoch": "epoch(s)", "iso8601": "iso8601", "json": "json", "date": "date", "time_of_day": "time_of_day",
}

// knownForms tells which forms of types the checker takes.
func knownForms() func(form string) bool {
	known := map[string]bool{}
	return func(form string) bool {
		answer, asked := known[form]
		if !asked {
			answer = checksFine(formFlow(form))
			known[form] = answer
		}
		return answer
	}
}

func formFlow(form string) string {
	if form == "bytes" {
		return "mqtt home {\n  url = \"tcp://localhost\"\n}\n\nmqtt_in probe {\n  via   = home\n  topic = \"probe\"\n  bytes = true\n}\n"
	}
	return "type probe {\n  field = " + typeForms[form] + "\n}\n"
}

func checksFine(flow string) bool {
	return compiler.CheckText("probe", map[string][]byte{"probe.hcl": []byte(flow)}).Typed != nil
}
