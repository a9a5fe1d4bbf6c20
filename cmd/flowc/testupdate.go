package main

// update puts what came in place of what was expected, where a text was expected.
func (t *tester) update(s *suite) error { return nil }
