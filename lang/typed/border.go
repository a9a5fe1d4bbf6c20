package typed

type (
	// Decode reads a text, bytes or undecoded JSON as data of the node's type. It is
	// always Fallible.
	Decode struct {
		Info
		X     Expr
		Codec Codec
	}
	// Encode writes data as a text.
	Encode struct {
		Info
		X     Expr
		Codec Codec
	}
)
