package syntax

import "testing"

func TestFormat(t *testing.T) {
	tests := map[string]struct{ src, want string }{
		"line ends of Windows":   {"\uFEFFa=1\r\n\r\n\r\nb=2\r\n", "a = 1\n\nb = 2\n"},
		"no line end":            {"a=<<X\n b\nX", "a = <<X\n b\nX\n"},
		"empty":                  {"\n\n", ""},
		"signs and calls":        {"a=-b - -c*( d+1 )\nb = f ( x , -1 ) [ 0 ] . y\n", "a = -b - -c * (d + 1)\nb = f(x, -1)[0].y\n"},
		"units":                  {"a=30.s+ -5.C\n", "a = 30.s + -5.C\n"},
		"conditions and objects": {"a={b:c?d:e,f=!g}\nc = x?y:z\n", "a = { b: c ? d : e, f = !g }\nc = x ? y : z\n"},
		"comprehensions":         {"a=[for x in -y:x if (x)]\nb={for k,v in m:k=>v...}\n", "a = [for x in -y : x if (x)]\nb = { for k, v in m : k => v... }\n"},
		"splats":                 {"a=x[ * ].y\nb=x.*.y\n", "a = x[*].y\nb = x.*.y\n"},
		"texts stay":             {"a=\"${ b+c }  x\"\n", "a = \"${ b+c }  x\"\n"},
		"two brackets, one step": {"a=f({\nb=1\n})\n", "a = f({\n  b = 1\n})\n"},
		"parentheses":            {"a=(\nb\n&&c\n)\n", "a = (\n  b\n  && c\n)\n"},
		"quoted subtraction":     {"a=\"b\"==c\n", "a = \"b\" == c\n"},
		"free labels":            {"test \"abc\" {\n}\nled \"abc\" {}\n", "test \"abc\" {\n}\nled abc {}\n"},
		"labels that are none":   {"step \"a b\" {\n}\n", "step \"a b\" {\n}\n"},
		"switches elsewhere":     {"on=true\ntype t { on=true }\n", "on = true\ntype t { on = true }\n"},
		"wide names":             {"a = {\n\"é\"=1\nb=2\n}\n", "a = {\n  \"é\" = 1\n  b   = 2\n}\n"},
		"comments in a row":      {"a=1#x\nbcd=2//y\n", "a   = 1 #x\nbcd = 2 //y\n"},
		"behind a block comment": {"led a {\nsafe=off /* x\ny */\npin=1\n}\n", "led a {\n  safe = off /* x\ny */\n  pin  = 1\n}\n"},
		"for_each":               {"zone a {\nsafe=b\npin=1\nfor_each=c\n}\n", "zone a {\n  safe     = b\n  pin      = 1\n  for_each = c\n}\n"},
		"a number as an index":   {"a=b . 0\n", "a = b.0\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, found := Format([]byte(test.src))
			if len(found) > 0 {
				t.Fatalf("%s %s", found[0].Code, found[0].Summary)
			}
			if string(got) != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// Spacing can join tokens into another one: `1 .5` is an index, `1.5` a number. Format must then leave the file alone.
func TestFormatNeverChangesTheMeaning(t *testing.T) {
	src := "a   = 1 .5\n"
	if got, found := Format([]byte(src)); len(found) == 0 && !sameMeaning([]byte(src), got) {
		t.Errorf("%q became %q", src, got)
	}
}
