package catalog

import (
	"strconv"
	"strings"
)

// Rate is how often something happens, as rt's source says it: for an operator by
// //flow:rate, for an output of a kind by the tag `rate`.
//
//	upto             at most as often as what it is given; for an operator, if
//	                 nothing is said
//	each             once for each
//	first            at most as often as its first argument
//	any              as often as it pleases, and so if nothing is said of an output,
//	                 or of an operator that is given nothing
//	once             once while the program runs
//	shots            at most once for each time that the thing acts
//	most [N] D…      at most N (else 1) in the sum of the times D
//	exact [N] D…     N in the sum of the times D
//	beat [N] D…      at most N in the sum of the times D, whatever comes in; as upto
//	                 where none of the times is given
//	plus [N] D…      as upto, and besides N in the sum of the times D
//	limit F          at most as often as the frequency F, all keys together; any where
//	                 it is not given
//
// A time is the name of an argument, option or setting, or written out: 1.min.
type Rate struct {
	Word  string
	Count float64
	Times []string
}

var rateWords = map[string]bool{
	"upto": false, "each": false, "first": false, "any": false, "once": false, "shots": false,
	"most": true, "exact": true, "beat": true, "plus": true,
	"limit": true,
}

// ParseRate reads a rate; "" is upto.
func ParseRate(text string) (Rate, bool) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return Rate{Word: "upto"}, true
	}
	r := Rate{Word: words[0], Count: 1}
	timed, known := rateWords[r.Word]
	words = words[1:]
	if len(words) > 0 {
		if n, err := strconv.ParseFloat(words[0], 64); err == nil {
			r.Count, words = n, words[1:]
		}
	}
	r.Times = words
	return r, known && timed == (len(words) > 0) && r.Count > 0
}

// Bytes reads a size as a flow writes it: "16.MB", "64.kB".
func Bytes(text string) (float64, bool) {
	number, unit, _ := strings.Cut(text, ".")
	n, err := strconv.ParseFloat(number, 64)
	per := map[string]float64{"B": 1, "kB": 1e3, "MB": 1e6}[unit]
	return n * per, err == nil && n > 0 && per > 0
}

// Capacity is how much a sink takes: 200 a second is "200/s". Units are s, min and h.
func Capacity(text string) (perSecond float64, ok bool) {
	number, unit, _ := strings.Cut(text, "/")
	n, err := strconv.ParseFloat(number, 64)
	per := map[string]float64{"s": 1, "min": 60, "h": 3600}[unit]
	if err != nil || n <= 0 || per == 0 {
		return 0, false
	}
	return n / per, true
}
