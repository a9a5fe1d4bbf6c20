package check

import "flowc/lang/catalog"

// borderForms document what reads and writes data as text, and the types that only
// matter there.
var borderForms = []*catalog.Form{
	{
		Name: "decode", Sort: "form", Calls: []string{"decode(x, T)"},
		Doc: "`decode` reads JSON as data of a type: from a string, from bytes, or from what came in as `json`. It takes the same " +
			"types as `json =` at the border, and fails with the same words. A name that is there twice is refused.\n\n" +
			"\tmqtt_in raw {\n\t  via   = home\n\t  topic = \"boiler\"\n\t}\n\n" +
			"\tboiler = decode(raw, { flow = C, back = C })\n\n" +
			"Where all messages look alike, `json =` at the source says it once.",
	},
	{
		Name: "json", Sort: "type", Calls: []string{"json", "json(x)"},
		Doc: "`json` is the type of data that is not decoded. It can be kept, sent on exactly as it came, shown and decoded later, " +
			"and has no fields until then. As a call, `json(x)` is a text: data as JSON, spelled the way it was declared.\n\n" +
			"\ttype report {\n\t  kind = string\n\t  data = json\n\t}\n\n" +
			"\tmqtt_out warm {\n\t  via   = home\n\t  topic = \"warm\"\n\t  send  = json({ warm = attic.temperature > 20.C })\n\t}",
	},
	{
		Name: "decode_csv", Sort: "form", Calls: []string{"decode_csv(text, T)", "decode_csv(text, T, { header = on, separator = \";\" })"},
		Doc: "`decode_csv` reads lines with columns: one line as a record, any number of lines as a list of records. The columns stand in the " +
			"order of the fields; with `header = on` the first line names them and they may stand in any order. Texts may be in " +
			"quotation marks.\n\n" +
			"\tmqtt_in lines {\n\t  via   = home\n\t  topic = \"lines\"\n\t}\n\n" +
			"\trooms = decode_csv(lines, list({ room = string, temperature = C }))\n\n" +
			"Where all messages look alike, `csv =` at the source says it once.",
	},
	{
		Name: "csv_line", Sort: "form", Calls: []string{"csv_line(record)", "csv_line(record, { separator = \";\" })"},
		Doc: "`csv_line` is a record as one line of CSV, without a line break. Data that is missing leaves its column empty.\n\n" +
			"\tmqtt_out row {\n\t  via   = home\n\t  topic = \"row\"\n\t  send  = csv_line({ at = attic.time, temperature = attic.temperature })\n\t}",
	},
	{
		Name: "query", Sort: "form", Calls: []string{"query(record)"},
		Doc: "`query` is a record as the query of an address, `a=1&b=x`: what has a meaning there is encoded, and data that is missing is " +
			"left out. A list gives its name once for each element.\n\n" +
			"\tmqtt_out called {\n\t  via   = home\n\t  topic = \"called\"\n\t  send  = \"http://example.org/?${query({ room = \"attic\", t = in(attic.temperature, C) })}\"\n\t}",
	},
	{
		Name: "date", Sort: "type", Calls: []string{"date"},
		Doc: "`date` is the type of a day of the calendar. It is written as a text where one is needed, `\"2026-12-24\"`, which is checked; " +
			"dates are compared with each other and have the fields `year`, `month` and `day`.\n\n" +
			"\ttype holiday {\n\t  from  = date\n\t  until = optional(date)\n\t}\n\n" +
			"The day of a moment is `date(x.time)`, by the clocks of the site.",
	},
	{
		Name: "time_of_day", Sort: "type", Calls: []string{"time_of_day"},
		Doc: "`time_of_day` is the type of what a clock shows. It is written as a text where one is needed, `\"07:00\"` or `\"07:00:30\"`, which is " +
			"checked; times of day are compared with each other and have the fields `hour`, `minute` and `second`.\n\n" +
			"\tsetting wake {\n\t  type    = time_of_day\n\t  default = \"07:00\"\n\t}\n\n" +
			"What the clocks of the site show at a moment is `time_of_day(x.time)`.",
	},
	{
		Name: "bytes", Sort: "type", Calls: []string{"bytes"},
		Doc: "`bytes` is the type of data that is no text. Functions such as `hex`, `read_u16` and `from_bytes` take it apart. In JSON it " +
			"is a text in base64, both ways.\n\n" +
			"\ttype picture {\n\t  name = string\n\t  data = bytes\n\t}",
	},
}
