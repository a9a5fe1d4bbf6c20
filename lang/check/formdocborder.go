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
		Name: "bytes", Sort: "type", Calls: []string{"bytes"},
		Doc: "`bytes` is the type of data that is no text. Functions such as `hex`, `read_u16` and `from_bytes` take it apart. In JSON it " +
			"is a text in base64, both ways.\n\n" +
			"\ttype picture {\n\t  name = string\n\t  data = bytes\n\t}",
	},
}
