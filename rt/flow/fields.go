package flow

import "time"

// The vocabulary of a kind's exported fields. The scanner of the catalogue knows
// these names; everything else about a kind follows from its Go types and tags.

// Const is a setting that must be known at compile time.
type Const[T any] struct{ V T }

// Level is an input that takes what *is*; the thing's Decide sees it.
type Level[T any] struct{ V Val[T] }

// Drive is a level input that can be read back: `on`. Want is what the flow
// says; the rest is the commanded value, which is the output of the same name.
type Drive[T comparable] struct {
	Want Val[T]
	Value[T]
	// Live is what the outside was last told; Apply sets it.
	Live T
	// Held says that an interlock keeps it off. Forced counts the invariants that
	// want it safe.
	Held   bool
	Forced int
}

// Wish is what the rules of the flow leave of Want: safe where that is not ready or an
// invariant is broken, and off where an interlock says so. Decide begins with it.
func (d *Drive[T]) Wish(safe T) T {
	var off T
	switch {
	case d.Held:
		return off
	case d.Forced > 0:
		return safe
	}
	return d.Want.Or(safe)
}

// Shot is an input that takes what *happens*; it brings the setting `when`. V is
// filled in before Shoot.
type Shot[T any] struct{ V T }

// Show is a shot that takes anything: a value is shown whenever it changes. V is
// its text.
type Show struct{ V string }

// Each is a setting evaluated anew with every shot: topic, url, subject.
type Each[T any] struct{ V T }

// Path is where a request is answered: "/rooms/{room}". Each part in braces becomes a
// field of the request, the kind's type parameter.
type Path string

// PartOf is a setting that takes a type, which becomes the field of its name in the
// kind's type parameter T: the query of a request, its body.
type PartOf[T any] struct{}

// Parser is filled by the compiler: it reads a request into v. Its error names the
// field, what was expected and what was found.
type Parser[T any] func(a Asked, v *T) error

// Answer is an input that is evaluated whenever the thing's own occurrence happens;
// then Shoot is called.
type Answer[T any] struct{ V T }

// Format is filled by the compiler: what the kind's Encoder writes.
type Format string

// The formats. FormatNone is that of a kind that is given nothing to write.
const (
	FormatNone  Format = ""
	FormatJSON  Format = "json"
	FormatText  Format = "text"
	FormatBytes Format = "bytes"
)

// TypeOf is a setting that takes a type (`json =`); it gives the kind's type
// parameter T.
type TypeOf[T any] struct{}

// Border is a setting that says how a payload is read or written. Only the
// compiler uses it: the decoder and the encoder that it generates are made so.
type Border[T any] struct{}

// FormOf is a setting that says how a T is spelled outside: `payload = words({ on =
// "ON", off = "OFF" })`. The encoder that the compiler generates does it.
type FormOf[T any] struct{}

// Extra says what happens to fields of a payload that nobody declared.
type Extra string

// The answers.
const (
	// ExtraIgnore reads over them.
	ExtraIgnore Extra = "ignore"
	// ExtraReject makes the payload a fault.
	ExtraReject Extra = "reject"
)

// Decoder is filled by the compiler: it reads a payload of the declared form
// into v. Its error names the field, what was expected and what was found.
type Decoder[T any] func(data []byte, v *T) error

// Encoder is filled by the compiler: it appends v in its declared form.
type Encoder[T any] func(dst []byte, v T) []byte

// Pattern is a constant topic filter whose captures, `{bed}`, make the thing a
// keyed source. The compiler gives it to the kind with `+` for each capture.
type Pattern string

// Captured is an output of a keyed source: the text of the captures of the
// occurrence in Self, in the order of the pattern.
type Captured []string

// Nature says whether what comes in is a reading or a command; a command only
// happens.
type Nature string

// The natures.
const (
	NatureReading Nature = "reading"
	NatureCommand Nature = "command"
)

// Keys gives captures a type: `keys = { bed = bed_name }`.
type Keys struct{}

// EventTime names the field of a payload that says when something happened. Only the
// compiler uses it: it gives windows that field.
type EventTime struct{}

// MaxKeys bounds the keys of a keyed source.
type MaxKeys int64

// ForgetAfter frees the keys of a keyed source that were silent so long.
type ForgetAfter int64

// Blocks are nested blocks of one name, by label; a block without a label has
// the label "".
type Blocks[B any] []B

// Tables are nested blocks `table NAME { column = type }`: what a database holds. The
// compiler gives them to the kind with what each column is stored as.
type Tables []Table

// Table is one of them.
type Table struct {
	Name    string
	Columns []Column
	// Keep is how long a row stays, by the column Age; 0: for ever.
	Keep time.Duration
	Age  string
}

// Column is a column of a Table: Stored is INTEGER, REAL, TEXT or BLOB, Type what the
// flow declares ("C").
type Column struct {
	Name, Stored, Type string
	// Optional says that data may be missing.
	Optional bool
}

// Keep says how long the rows of tables stay: `keep = { climate = 90.d }`.
type Keep struct{}

// TableName is filled by the compiler: the table that a reference such as `into =
// history.weather` names.
type TableName string

// Row is a row for a table, cell by cell; see rt/wiresql. A kind with a Shot of it takes
// a record of the table's columns.
type Row []byte

// Statement is what a statement's parameters are at a moment, as a Row: `sql = "… ${x}
// …"`. The text, with `?1` for the first of them, is in the kind's SQL field.
type Statement []byte

// SQL is filled by the compiler: the text of a Statement.
type SQL string

// Pair is a name with a text: a header, a field of a query or of a form. As is told of
// those that keep what they are, `typed:"true"`.
type Pair struct {
	Name, Value string
	As          PairAs
}

// PairAs is what the text of a pair is.
type PairAs uint8

// What it may be; AsMissing has no text.
const (
	AsText PairAs = iota
	AsInt
	AsNumber
	AsBool
	AsMissing
)

// MaybePair is a pair of data that may be missing.
func MaybePair(name string, ok bool, value string, as PairAs) Pair {
	if !ok {
		return Pair{Name: name, As: AsMissing}
	}
	return Pair{Name: name, Value: value, As: as}
}

// Pairs are written as a record in a flow, `{ city = "Berlin", days = 3 }`. Each
// field becomes a text as it would be sent alone.
type Pairs []Pair

// Retry says how often an effect is tried again, and how long it waits before that.
type Retry struct {
	// Times is how often it is tried again.
	Times int64
	// Wait is the time before the first of these; each later one waits twice as long.
	Wait Opt[time.Duration]
}

// Secret is text that can be used but not printed.
type Secret struct{ text string }

// NewSecret wraps text.
func NewSecret(text string) Secret { return Secret{text: text} }

// Reveal gives the text to the one place that is made for it.
func (s Secret) Reveal() string { return s.text }

// String is what a secret prints as.
func (s Secret) String() string { return "***" }

// GoString is what a secret prints as, also under %#v.
func (s Secret) GoString() string { return "***" }
