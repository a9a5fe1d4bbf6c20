package typed

type (
	// Decode reads a text, bytes or undecoded JSON as data of the node's type. It is
	// always Fallible.
	Decode struct {
		Info
		X     Expr
		Codec Codec
		Lines Lines
	}
	// Encode writes data as a text.
	Encode struct {
		Info
		X     Expr
		Codec Codec
		Lines Lines
	}
	// Lines is how lines of text are made.
	Lines struct {
		// Header says that the first line of CSV names the columns; Separator stands
		// between them.
		Header    bool
		Separator byte
		// Texts are what a pattern has before, between and behind its captures, which
		// have the names of fields.
		Texts, Captures []string
	}
)

// Codecs of an Encode beside JSON and CSV: the query of an address, and the cells of a
// row in a database.
const (
	Query Codec = "query"
	SQL   Codec = "row"
)
