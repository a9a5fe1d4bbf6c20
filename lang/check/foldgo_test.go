package check

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/rt/fn"
)

// folded works out `a = …` beside other lines of a flow.
func folded(t *testing.T, src string) (typed.Expr, string) {
	t.Helper()
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(src)})
	c := newChecker(p, catalog.Load())
	c.declare()
	c.checkAll()
	var errors []string
	for _, d := range append(found, c.found...) {
		errors = append(errors, d.Code+" "+d.Subject.Label)
	}
	return c.decls["a"].x, strings.Join(errors, "; ")
}

// Each function of the catalogue that the checker links is in the table, as often
// as its type parameters ask for, and takes what the catalogue says.
func TestFoldTableFitsTheCatalogue(t *testing.T) {
	seen := 0
	for _, f := range catalog.Load().Functions {
		instances := foldTable[f.Package+"."+f.Go]
		if instances == nil {
			t.Errorf("%s (%s) is not in the table", f.Name, f.Go)
		}
		for _, i := range instances {
			want := len(f.Args)
			if f.Zone {
				want++
			}
			if f.Site {
				want++
			}
			if n := reflect.TypeOf(i).NumIn(); n != want {
				t.Errorf("%s takes %d arguments, not %d", f.Go, n, want)
			}
		}
		seen += len(instances)
	}
	if seen < 180 {
		t.Errorf("only %d functions were found", seen)
	}
}

func TestFoldValues(t *testing.T) {
	for src, want := range map[string]any{
		`min(3, 1.5)`:                           1.5,
		`max(2.s, 1.min)`:                       time.Minute,
		`first([])`:                             nil,
		`date(from_unix(0, s))`:                 fn.Date{Year: 1970, Month: 1, Day: 1},
		`date(from_unix(0, s)) < "1970-01-02"`:  true,
		`"${time_of_day(from_unix(61, s))}"`:    "00:01:01",
		`time_of_day(from_unix(61, s)).minute`:  int64(1),
		`weekday(from_unix(0, s))`:              "thursday",
		`from_unix(1, s) + 1.min`:               time.Unix(61, 0).UTC(),
		`from_unix(61, s) - 1.min`:              time.Unix(1, 0).UTC(),
		`from_unix(61, s) - from_unix(1, s)`:    time.Minute,
		`from_unix(61, s) > from_unix(1, s)`:    true,
		`from_unix(61, s) == from_unix(61, s)`:  true,
		`"${from_unix(61, s)}"`:                 "1970-01-01T00:01:01Z",
		`stddev([1.K, 3.K])`:                    1.0,
		`sort_by([3.s, 1.s], -it)`:              []any{3 * time.Second, time.Second},
		`sort_by(["b", "a"], upper(it))`:        []any{"a", "b"},
		`unique_by(["b", "B", "a"], upper(it))`: []any{"b", "a"},
		`chunk([1, 2, 3], 2)`:                   []any{[]any{int64(1), int64(2)}, []any{int64(3)}},
		`has([{ n = 1 }, { n = 2 }][*].n, 2)`:   true,
	} {
		x, found := folded(t, "a = "+src+"\n")
		k, ok := x.(*typed.Const)
		if !ok || !reflect.DeepEqual(k.V, want) {
			t.Errorf("%s: %s %s, want %v", src, tree(x), found, want)
		}
	}
}

// A local time is that of the flow's site.
func TestFoldZone(t *testing.T) {
	site := "site {\n  latitude  = 52.52\n  longitude = 13.40\n  timezone  = \"Europe/Berlin\"\n}\n"
	for src, want := range map[string]any{
		`hour(from_unix(0, s))`:                                       int64(1),
		`hour(in_zone(from_unix(0, s), "Asia/Tokyo"))`:                int64(9),
		`unix(start_of_day(from_unix(0, s)), s)`:                      int64(-3600),
		`unix(parse_time("1970-01-01 01:00", "yyyy-MM-dd HH:mm"), s)`: int64(0),
	} {
		x, found := folded(t, site+"a = "+src+"\n")
		if k, ok := x.(*typed.Const); !ok || k.V != want {
			t.Errorf("%s: %s %s, want %v", src, tree(x), found, want)
		}
	}
}

// What can never work is told where it stands, in the words of the function.
func TestFoldFailures(t *testing.T) {
	for src, want := range map[string]string{
		`matches("a", "(")`:                           "a ( in the pattern has no )",
		`in_zone(from_unix(0, s), "Europe/Paradise")`: `there is no time zone "Europe/Paradise"; one is called "Europe/Berlin"`,
		`format_time(from_unix(0, s), "YYYY")`:        `"YYYY" in the layout has no meaning: yyyy is the year`,
		`to_map(["a", "a"], it, 1)`:                   `to_map: two elements have the key "a"`,
		`count_if([1, 0], 1 / it > 0)`:                "division by zero",
		`chunk([1], 0)`:                               "chunk: 0 is no number of elements",
		`from_hex("xx")`:                              `"xx" is not pairs of hexadecimal digits`,
	} {
		if _, found := folded(t, "a = "+src+"\n"); found != "E0405 "+want {
			t.Errorf("%s: %s, want E0405 %s", src, found, want)
		}
	}
}

// Bytes, moments elsewhere and what Go cannot compare stay calls.
func TestNotFolded(t *testing.T) {
	for _, src := range []string{
		`from_hex("00")`,
		`in_zone(from_unix(0, s), "Asia/Tokyo")`,
		`has([{ n = 1 }], { n = 1 })`,
	} {
		x, found := folded(t, "a = "+src+"\n")
		if _, ok := x.(*typed.Call); !ok || found != "" {
			t.Errorf("%s: %s %s", src, tree(x), found)
		}
	}
}
