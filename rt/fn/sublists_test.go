package fn

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
)

func TestPartsOfLists(t *testing.T) {
	list := []int64{4, 5, 6}
	for name, c := range map[string]struct{ got, want []int64 }{
		"take":      {Take(list, 2), []int64{4, 5}},
		"take all":  {Take(list, math.MaxInt64), list},
		"take -1":   {Take(list, -1), nil},
		"drop":      {Drop(list, 2), []int64{6}},
		"drop all":  {Drop(list, 3), nil},
		"drop -1":   {Drop(list, math.MinInt64), list},
		"unique_by": {UniqueBy([]int64{31, 12, 41, 22}, func(it int64) int64 { return it % 10 }), []int64{31, 12}},
		"sort_by":   {SortBy([]int64{31, 12, 41, 22}, func(it int64) int64 { return it % 10 }), []int64{31, 41, 12, 22}},
		"zip":       {Zip(list, []string{"a", "bb"}, func(a int64, b string) int64 { return a + int64(len(b)) }), []int64{5, 7}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s = %v, want %v", name, c.got, c.want)
		}
		if len(c.got) > 0 {
			c.got[0] = 99
		}
	}
	if !slices.Equal(list, []int64{4, 5, 6}) {
		t.Errorf("the list was changed to %v", list)
	}
	check(t, []call{
		{"find", Find(list, func(it int64) bool { return it > 4 }), flow.Some(int64(5))},
		{"find none", Find(list, func(it int64) bool { return it > 6 }), flow.None[int64]()},
		{"one_of", OneOf("b", "a", "b"), true},
		{"one_of none", OneOf("c", "a", "b"), false},
		{"one_of nothing", OneOf("c"), false},
	})
}

// Chunks put together are the list again, and all but the last are full.
func TestChunk(t *testing.T) {
	for n := range 12 {
		list, _ := Range(0, int64(n))
		for size := int64(1); size < 14; size++ {
			chunks, err := Chunk(list, size)
			if err != nil || int64(len(chunks)) != (int64(n)+size-1)/size {
				t.Fatalf("chunk(%v, %d) = %v, %v", list, size, chunks, err)
			}
			for i, c := range chunks {
				if int64(len(c)) != size && i < len(chunks)-1 {
					t.Errorf("chunk(%v, %d) = %v", list, size, chunks)
				}
			}
			if all, err := Flatten(chunks); err != nil || !slices.Equal(all, list) {
				t.Errorf("flatten(chunk(%v, %d)) = %v, %v", list, size, all, err)
			}
		}
	}
	if got, err := Chunk([]int64{1}, 0); err == nil {
		t.Errorf("chunks of nothing: %v", got)
	}
	half := make([]int64, MaxItems/2+1)
	if got, err := Flatten([][]int64{half, half}); err == nil {
		t.Errorf("flatten made %d elements", len(got))
	}
}

func TestGroups(t *testing.T) {
	words := []string{"pear", "apple", "plum"}
	first := func(it string) string { return it[:1] }
	if got, want := GroupBy(words, first), map[string][]string{"a": {"apple"}, "p": {"pear", "plum"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("group_by = %v", got)
	}
	self := func(it string) string { return it }
	size := func(it string) int64 { return int64(len(it)) }
	if got, err := ToMap(words, self, size); err != nil || !reflect.DeepEqual(got, map[string]int64{"apple": 5, "pear": 4, "plum": 4}) {
		t.Errorf("to_map = %v, %v", got, err)
	}
	if _, err := ToMap(words, first, size); err == nil || err.Error() != `to_map: two elements have the key "p"` {
		t.Errorf("to_map with two of one key: %v", err)
	}
}

func TestOrders(t *testing.T) {
	if got := SortText([]string{"b", "é", "A", "a"}); !slices.Equal(got, []string{"A", "a", "b", "é"}) {
		t.Errorf("sort = %q", got)
	}
	if got := SortBy([]string{"ccc", "a", "bb", "d"}, func(it string) string { return strconv.Itoa(len(it)) }); !slices.Equal(got, []string{"a", "d", "bb", "ccc"}) {
		t.Errorf("sort_by = %q", got)
	}
	a, b, c := time.Unix(1, 0).UTC(), time.Unix(2, 0).UTC(), time.Unix(3, 0).UTC()
	if got := SortTimes([]time.Time{c, a, b}); !slices.Equal(got, []time.Time{a, b, c}) {
		t.Errorf("sort = %v", got)
	}
	check(t, []call{
		{"smallest", SmallestTime([]time.Time{b, a, c}), flow.Some(a)},
		{"smallest of none", SmallestTime(nil), flow.None[time.Time]()},
		{"largest", LargestTime([]time.Time{b, c, a}), flow.Some(c)},
		{"largest of none", LargestTime(nil), flow.None[time.Time]()},
	})
}

func TestMapsAreNew(t *testing.T) {
	m := map[string]int64{"a": 1}
	put, err := Put(m, "b", 2)
	if err != nil || !reflect.DeepEqual(put, map[string]int64{"a": 1, "b": 2}) {
		t.Errorf("put = %v, %v", put, err)
	}
	merged, err := MergeMaps(put, map[string]int64{"b": 3, "c": 4}, nil)
	if err != nil || !reflect.DeepEqual(merged, map[string]int64{"a": 1, "b": 3, "c": 4}) {
		t.Errorf("merge_maps = %v, %v", merged, err)
	}
	if got := Remove(put, "a"); !reflect.DeepEqual(got, map[string]int64{"b": 2}) {
		t.Errorf("remove = %v", got)
	}
	if got := Remove(map[string]int64(nil), "a"); len(got) != 0 {
		t.Errorf("remove from nothing = %v", got)
	}
	if !reflect.DeepEqual(m, map[string]int64{"a": 1}) || len(put) != 2 {
		t.Errorf("the maps were changed to %v and %v", m, put)
	}
	if put, err := Put(map[string]int64(nil), "a", 1); err != nil || len(put) != 1 {
		t.Errorf("put into nothing = %v, %v", put, err)
	}
	check(t, []call{{"length", LengthMap(put), int64(2)}, {"is_empty", IsEmptyMap(put), false}})
}

func TestMapsAreBounded(t *testing.T) {
	full := map[string]int64{}
	for i := range MaxItems {
		full[strconv.Itoa(i)] = 0
	}
	if m, err := Put(full, "more", 1); err == nil {
		t.Errorf("put made %d entries", len(m))
	}
	if _, err := Put(full, "7", 1); err != nil {
		t.Error(err)
	}
	if m, err := MergeMaps(full, map[string]int64{"more": 1}); err == nil {
		t.Errorf("merge_maps made %d entries", len(m))
	}
}
