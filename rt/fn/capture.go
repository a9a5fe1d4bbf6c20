package fn

import "flowc/rt/flow"

// Capture gives what the groups of a pattern matched in a text: first the whole
// match, then each group, empty where it took no part. Without a match there is
// nothing. It is what the form `capture` of the language is made of.
func Capture(s string, pattern Pattern) []flow.Opt[string] {
	if pattern.re == nil {
		return nil
	}
	at := pattern.re.FindStringSubmatchIndex(s)
	groups := make([]flow.Opt[string], 0, len(at)/2)
	for i := 0; i+1 < len(at); i += 2 {
		if at[i] < 0 {
			groups = append(groups, flow.Opt[string]{})
			continue
		}
		groups = append(groups, flow.Some(s[at[i]:at[i+1]]))
	}
	return groups
}
