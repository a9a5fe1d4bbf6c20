package flow

import "errors"

// Asked is a request as it came in, before it is known to fit.
type Asked struct {
	// Captured are the parts of the path in braces, in the order of the pattern.
	Captured []string
	// Query gives the text of a field of the query.
	Query func(name string) (text string, ok bool)
	// Body is what was sent.
	Body []byte
}

// Field reads a field of the query that must be there.
func Field[T any](a Asked, name string, read func(data []byte, v *T) error, v *T) error {
	text, ok := a.Query(name)
	if !ok {
		return errors.New("query." + name + ": missing")
	}
	if err := read([]byte(text), v); err != nil {
		return errors.New("query." + name + ": " + err.Error())
	}
	return nil
}

// FieldIf reads a field of the query that may be missing; then v stays as it is.
func FieldIf[T any](a Asked, name string, read func(data []byte, v *T) error, v *T) error {
	if _, ok := a.Query(name); !ok {
		return nil
	}
	return Field(a, name, read, v)
}

// FieldOpt reads a field of the query as optional data.
func FieldOpt[T any](a Asked, name string, read func(data []byte, v *T) error, v *Opt[T]) error {
	if _, ok := a.Query(name); !ok {
		return nil
	}
	v.OK = true
	return Field(a, name, read, &v.V)
}
