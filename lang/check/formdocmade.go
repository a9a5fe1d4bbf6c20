package check

import "flowc/lang/catalog"

// madeForms document the forms that make something which is in no data: failures,
// pairs, moments, names.
var madeForms = []*catalog.Form{
	{
		Name: "fail", Sort: "form", Calls: []string{"fail(\"why\")"},
		Doc: "`fail` is the answer that there is none, with a reason: it fits wherever a value is needed. An event is diverted to the faults, " +
			"a value becomes not ready, and `try` says what there is instead.\n\n" +
			"\tfunction square_side {\n\t  params = { area = number }\n\t  result = area < 0 ? fail(\"an area of ${area}\") : sqrt(area)\n\t}\n\n" +
			"\tside = try(square_side(in(attic.temperature, C)), 0)",
	},
	{
		Name: "keys_of", Sort: "form", Calls: []string{"keys_of(w)"},
		Doc: "`keys_of` lists the keys of a wire that has many, in the order in which they first appeared. It is always known, and empty before the " +
			"first; a key stays on the list while it is silent, until it is forgotten (`forget_after`). A key with several parts is a record of them. To " +
			"combine the values of the keys there are `any_of`, `mean_of` and their like.\n\n" +
			"\tmqtt_in soil {\n\t  via   = home\n\t  topic = \"garden/{bed}/soil\"\n\t  text  = pct\n\t  stale = 2.h\n\t}\n\n" +
			"\tlog beds {\n\t  show = join(keys_of(soil), \", \")\n\t}",
	},
	{
		Name: "now", Sort: "form", Calls: []string{"now()"},
		Doc: "`now` is the moment of the instant, by the machine's clock; it is the same everywhere in one instant. It moves with time alone, so it is " +
			"read when something happens; to look again and again there is `sample`. A function is given it as a parameter.\n\n" +
			"\tmqtt_out stamp {\n\t  via   = home\n\t  topic = \"stamp\"\n\t  send  = at(every(1.h), now())\n\t}",
	},
	{
		Name: "uuid", Sort: "form", Calls: []string{"uuid()"},
		Doc: "`uuid` is a name of 36 characters that nothing else has (a random UUID, version 4). It is another one each time, so it is drawn when something " +
			"happens.\n\n\tmqtt_out ticket {\n\t  via   = home\n\t  topic = \"ticket\"\n\t  send  = { id = uuid(), at = attic.time }\n\t  when  = attic\n\t}",
	},
	{
		Name: "zip", Sort: "form", Calls: []string{"zip(list, list)"},
		Doc: "`zip` puts two lists side by side: a list of records with `first` and `second`, as long as the shorter of the two.\n\n" +
			"\trooms = [\"attic\", \"cellar\"]\n\n\tdoors = zip(rooms, [1, 2])\n\n\tlabels = [for d in doors : \"${d.first} ${d.second}\"]",
	},
}
