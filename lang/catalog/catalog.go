// Package catalog holds what kinds, operators and functions there are, as data.
// The data is made from rt's source by compiler/scan and never written by hand.
package catalog

// Catalog is everything that a flow can name without declaring it.
type Catalog struct {
	Kinds     []*Kind     `json:"kinds"`
	Operators []*Operator `json:"operators"`
	Functions []*Function `json:"functions"`
	// Enums are the named string types that settings use.
	Enums []*Enum `json:"enums"`
	// Records are the Go structs that settings, outputs and results use.
	Records []*Record `json:"records"`
	// Forms are the language's own calls; no part of the scanned data, only of the
	// reference.
	Forms []*Form `json:"-"`
	// Components are those of a flow; no part of the scanned data either.
	Components []*Component `json:"-"`
	// Own is the flow's own Go package; nil for a flow without one.
	Own *Own `json:"-"`
}

// Kind is a sort of thing: `button`, `mqtt_in`.
type Kind struct {
	Name string `json:"name"`
	// By is the setting that chooses this kind where several have one name: a thing that
	// has it is of this kind.
	By string `json:"by,omitempty"`
	// Doc is the comment above the struct, without its directives.
	Doc string `json:"doc"`
	// Package is the import path ("flowc/rt/gpio"), Type the struct's Go name.
	Package string `json:"package"`
	Type    string `json:"type"`
	// TypeParams are the struct's type parameters, in order; `json =` or the
	// shot's type gives them their type.
	TypeParams []string `json:"type_params,omitempty"`
	// Fields are settings, inputs and outputs in the order of the struct, those
	// of embedded structs at their place.
	Fields []*Field `json:"fields"`
	// Decides, Shoots and Completes tell which of flow's interfaces the type has.
	Decides   bool `json:"decides,omitempty"`
	Shoots    bool `json:"shoots,omitempty"`
	Completes bool `json:"completes,omitempty"`
	// Keeps says of a thing that does not decide that it has a memory which outlives the
	// program, where the flow asks for it.
	Keeps bool `json:"keeps,omitempty"`
	// Repeats says of a source how what was not confirmed comes again ("the broker
	// sends it again"), Confirms of a sink when what it was given is safe ("the broker
	// has confirmed it"). Again is how many of what is confirmed a crash can repeat at
	// most: a number, or the setting that says it. Stores says that what is confirmed
	// is on the disk of this machine.
	Repeats  string `json:"repeats,omitempty"`
	Confirms string `json:"confirms,omitempty"`
	Again    string `json:"again,omitempty"`
	Stores   bool   `json:"stores,omitempty"`
	// Needs are the queues of a thing, and what else it holds at most in memory.
	Needs []*Need `json:"needs,omitempty"`
	// Opens is what a thing asks of the machine: "pins", "network", "database" (a folder
	// that it writes to) or "nothing"; empty if nobody said.
	Opens string `json:"opens,omitempty"`
	Pos   string `json:"pos"`
	// Place is set for what the flow's own Go declares.
	Place *Place `json:"-"`
}

// Need is memory that a thing can need. Size is a size as a flow writes it ("16.MB") or
// the setting that says it, in bytes; What is what it is for ("messages that wait for the
// broker").
type Need struct {
	Size string `json:"size"`
	What string `json:"what"`
}

// Role is what a field of a kind is for.
type Role string

// The roles; the type from rt/flow's vocabulary decides.
const (
	// RoleSetting is a plain value known at start: constant, setting or secret.
	RoleSetting Role = "setting"
	// RoleConst is flow.Const[T]: known at compile time.
	RoleConst Role = "const"
	// RoleThing is a pointer to another kind: `via = home`.
	RoleThing Role = "thing"
	// RoleLevel is flow.Level[T], RoleDrive flow.Drive[T] (setting and output),
	// RoleShot flow.Shot[T], RoleShow flow.Show, RoleEach flow.Each[T].
	RoleLevel Role = "level"
	RoleDrive Role = "drive"
	RoleShot  Role = "shot"
	RoleShow  Role = "show"
	RoleEach  Role = "each"
	// RoleTypeOf is flow.TypeOf[T]: `json =`.
	RoleTypeOf Role = "typeof"
	// RoleBorder is flow.Border[T]: it shapes the decoder, and only the compiler
	// uses it.
	RoleBorder Role = "border"
	// RoleForm is flow.FormOf[T]: how what is sent is spelled outside.
	RoleForm Role = "form"
	// RoleDecoder and RoleEncoder are filled by emit and no setting.
	RoleDecoder Role = "decoder"
	RoleEncoder Role = "encoder"
	// RolePath is flow.Path, RolePart flow.PartOf[T], RoleParser flow.Parser[T] and
	// RoleAnswer flow.Answer[T]: a request that is answered.
	RolePath   Role = "path"
	RolePart   Role = "part"
	RoleParser Role = "parser"
	RoleAnswer Role = "answer"
	// RoleFormat is flow.Format: what the encoder writes.
	RoleFormat Role = "format"
	// RolePattern, RoleCaptured, RoleNature, RoleStale, RoleKeys, RoleMaxKeys
	// and RoleForget are the vocabulary of keyed and silent sources.
	RolePattern  Role = "pattern"
	RoleCaptured Role = "captured"
	RoleNature   Role = "nature"
	RoleStale    Role = "stale"
	RoleKeys     Role = "keys"
	RoleMaxKeys  Role = "max_keys"
	RoleForget   Role = "forget_after"
	// RoleEventTime is flow.EventTime: the field of the payload that says when.
	RoleEventTime Role = "event_time"
	// RoleBlock is flow.Blocks[B]: nested blocks whose fields are in Fields; the
	// type's Go names B.
	RoleBlock Role = "block"
	// RoleTables are nested blocks that declare tables; RoleKeep says how long the rows
	// of which stay. RoleTableName and RoleSQL are filled by emit: the table that a
	// reference names, the text of a statement.
	RoleTables    Role = "tables"
	RoleKeep      Role = "keep"
	RoleTableName Role = "table_name"
	RoleSQL       Role = "sql"
	// RoleBuffer is flow.Buffer, what a sink keeps while it cannot send: an object of
	// the settings in Fields.
	RoleBuffer Role = "buffer"
	// RoleEvent, RoleValue, RoleReading are outputs; RoleSelf is the reading that
	// is the thing itself; RoleMeta is a record about the transport (`.meta`).
	RoleEvent   Role = "event"
	RoleValue   Role = "value"
	RoleReading Role = "reading"
	RoleSelf    Role = "self"
	RoleMeta    Role = "meta"
)

// Field is a setting, an input or an output of a kind.
type Field struct {
	// Name is the flow's name (snake case), Go the path of the field in Go
	// ("Debounce", or "Output.MaxOn" for a field of an embedded struct, which a
	// composite literal writes through the embedded struct).
	Name string `json:"name"`
	Go   string `json:"go"`
	// Role is empty for the fields of a record.
	Role Role `json:"role,omitempty"`
	// Happens says of a RoleSelf that it only happens: flow.Event.
	Happens bool `json:"happens,omitempty"`
	// Type is the field's type argument or plain type.
	Type *Type  `json:"type,omitempty"`
	Doc  string `json:"doc"`
	// Default is written as in a flow ("30.ms", "up", "off"); Required says there
	// is none and the setting must be given.
	Default  string `json:"default,omitempty"`
	Required bool   `json:"required,omitempty"`
	// Tags are the struct tags: claim, range, unit, code, topic, secret, stale.
	Tags map[string]string `json:"tags,omitempty"`
	// Kinds are the kinds that a RoleThing accepts, by name.
	Kinds []string `json:"kinds,omitempty"`
	// Fields are those of a RoleBlock.
	Fields []*Field `json:"fields,omitempty"`
}

// Type is a Go type as the language sees it.
type Type struct {
	// Name is one of: bool, int, number, string, bytes, time, duration, date, time_of_day, unit (no
	// payload), secret, quantity, enum, record, list, map, optional, param, any,
	// func (a lambda), val, hap.
	Name string `json:"name"`
	// Ref names the quantity's Go type ("Temperature"), the enum, the record, or
	// the type parameter.
	Ref string `json:"ref,omitempty"`
	// Go is the Go type where the language's own (int64, float64, string, bool) is
	// not it, with its import path: "uint8", "flowc/rt/gpio.Pin". A function's
	// argument that is a string with a Go type is a constant that the type's package
	// parses: "flowc/rt/fn.Pattern" by fn.ParsePattern.
	Go string `json:"go,omitempty"`
	// Elem is the element of list, map (the key is string), optional, val, hap,
	// and the result of a func; Params are a func's parameters, or the types that a
	// generic record has for its type parameters.
	Elem   *Type   `json:"elem,omitempty"`
	Params []*Type `json:"params,omitempty"`
}

// Enum is a named string type with its constants.
type Enum struct {
	Name    string       `json:"name"` // "gpio.Pull"
	Package string       `json:"package"`
	Doc     string       `json:"doc"`
	Values  []*EnumValue `json:"values"`
}

// EnumValue is one constant: "up" is gpio.PullUp.
type EnumValue struct {
	Name string `json:"name"`
	Go   string `json:"go"`
	Doc  string `json:"doc,omitempty"`
}

// Record is a Go struct used as data, by name ("mqtt.Meta").
type Record struct {
	Name    string `json:"name"`
	Package string `json:"package"`
	Doc     string `json:"doc"`
	// TypeParams are those of a generic struct; a Type that refers to it has their
	// types in Params.
	TypeParams []string `json:"type_params,omitempty"`
	Fields     []*Field `json:"fields"`
}

// TypeParam is a type parameter with its constraint: any, comparable, number,
// quantity, linear, ordered, sortable (ordered, and texts).
type TypeParam struct {
	Name       string `json:"name"`
	Constraint string `json:"constraint"`
	// Dim says of what the type is made, where no argument decides it: "R*s/T" is
	// R times a duration, for each step of T. Its numbers are in the units of those.
	Dim string `json:"dim,omitempty"`
}

// Arg is a parameter as a flow writes it.
type Arg struct {
	Name string `json:"name"`
	// Type is the parameter's type; for an input of an operator the payload,
	// without val or hap around it.
	Type *Type `json:"type"`
	// Shape is what may be given: "const" (known at compile time), "value",
	// "event", "reading", "any" (functions), "lambda" (an expression over `it`), "unit"
	// (the name of the unit that the result is wanted in).
	Shape string `json:"shape"`
	// Input says that the argument is a parameter of Step (or of the function);
	// otherwise it is an option, the exported field Go of the operator's struct.
	Input bool   `json:"input,omitempty"`
	Go    string `json:"go,omitempty"`
	// Val and Hap say that Step takes flow.Val[T] (it sees "not ready" itself) or
	// flow.Hap[T] (an event that may happen in this pass).
	Val bool `json:"val,omitempty"`
	Hap bool `json:"hap,omitempty"`
	// Delta says that the argument is a step of its type (K for temperatures).
	Delta bool `json:"delta,omitempty"`
	// With says that the argument happens with the first one: it is made of the
	// same source.
	With bool `json:"with,omitempty"`
	// Default is the value of an option that may be left out.
	Default  string `json:"default,omitempty"`
	Optional bool   `json:"optional,omitempty"`
	Variadic bool   `json:"variadic,omitempty"`
	Doc      string `json:"doc,omitempty"`
	// Tags are the option's struct tags: range, unit.
	Tags map[string]string `json:"tags,omitempty"`
}

// Operator remembers: `hysteresis`, `toggle`. It is a struct of options and state
// with a method Step (or, across keys, Update, Forget and Result).
type Operator struct {
	Name       string      `json:"name"`
	Doc        string      `json:"doc"`
	Package    string      `json:"package"`
	Type       string      `json:"type"`
	TypeParams []TypeParam `json:"type_params,omitempty"`
	// Args are the call's arguments in order. Options are those inside a trailing
	// options object; each set of OptionSets is one legal combination (nil: any).
	Args       []*Arg     `json:"args"`
	Options    []*Arg     `json:"options,omitempty"`
	OptionSets [][]string `json:"option_sets,omitempty"`
	// Out is "event", "value", "reading" or "same" (as the first input).
	Out    string `json:"out"`
	Result *Type  `json:"result"`
	// ResultVal and ResultHap say what Step returns around Result; Fallible that
	// an error comes last.
	ResultVal bool `json:"result_val,omitempty"`
	ResultHap bool `json:"result_hap,omitempty"`
	Fallible  bool `json:"fallible,omitempty"`
	// Method gives the result: "Step", or across keys "Result" (after Update) or
	// "Step" (without inputs; Update takes the keys' events).
	Method string `json:"method"`
	// Tick says that Step takes a flow.Tick first.
	Tick bool `json:"tick,omitempty"`
	// Resets says that the type has a method Reset.
	Resets bool `json:"resets,omitempty"`
	// Ready is "follows", "first" or "always"; Fresh "own" or "input".
	Ready string `json:"ready"`
	Fresh string `json:"fresh,omitempty"`
	// Across: it consumes the key. Holds: it keeps occurrences. Breaks: a circle
	// through it is legal. Bounded: an actuator behind it needs no `stale`.
	Across  bool `json:"across,omitempty"`
	Holds   bool `json:"holds,omitempty"`
	Breaks  bool `json:"breaks,omitempty"`
	Bounded bool `json:"bounded,omitempty"`
	// Token says where what it gives begins, if that is not what it was given: "begins"
	// (all of it is its own), "both" (what it was given goes on at once, and besides it
	// gives some of its own).
	Token string `json:"token,omitempty"`
	// Thins: it remembers what it let through, and so may keep back what is delivered
	// again after a crash, where that memory outlives the crash ("kept") or where it
	// does not ("anew").
	Thins string `json:"thins,omitempty"`
	// Keeps is how many payloads it keeps at most, if not one: a product of numbers,
	// arguments and options, "2 n"; of "max_items | 2 count" the last counts of which all
	// is given.
	Keeps string `json:"keeps,omitempty"`
	// Zone and Site say that Step takes, after the Tick, the fn.Zone of the flow's
	// site (or of the option `zone`), or the fn.Site.
	Zone bool `json:"zone,omitempty"`
	Site bool `json:"site,omitempty"`
	// Clock says that without a site UTC will do as the zone, but for times of whole
	// days.
	Clock bool `json:"clock,omitempty"`
	// Calendar says that it asks whether the clock was set.
	Calendar bool `json:"calendar,omitempty"`
	// EventTime says that it stands for the operator of its name where the source has a
	// time of its own; the checker gives it that as its second argument, and the
	// options that are said at the source.
	EventTime bool `json:"event_time,omitempty"`
	// Passes: it may tell more in further passes of an instant.
	Passes bool `json:"passes,omitempty"`
	// Over is the Go type that compares with a constant, for an operator whose result
	// moves with time alone.
	Over string `json:"over,omitempty"`
	// Rate is how often it happens, see ParseRate.
	Rate string `json:"rate,omitempty"`
	Pos  string `json:"pos"`
	// Place is set for what the flow's own Go declares; Checked says that its result is
	// a number, which is looked at after each step, and Errs that Step returns an error.
	Place   *Place `json:"-"`
	Checked bool   `json:"-"`
	Errs    bool   `json:"-"`
}

// Function is pure: `clamp`, `upper`.
type Function struct {
	Name       string      `json:"name"`
	Doc        string      `json:"doc"`
	Package    string      `json:"package"`
	Go         string      `json:"go"`
	TypeParams []TypeParam `json:"type_params,omitempty"`
	// Zone says that the Go function takes the fn.Zone of the flow's site before
	// Args; Site that it takes the fn.Site after that.
	Zone     bool   `json:"zone,omitempty"`
	Site     bool   `json:"site,omitempty"`
	Args     []*Arg `json:"args"`
	Result   *Type  `json:"result"`
	Fallible bool   `json:"fallible,omitempty"`
	// Opens is what a thing asks of the machine: "pins", "network", "database" (a folder for
	// it) or "nothing"; empty if nobody said.
	Opens string `json:"opens,omitempty"`
	Pos   string `json:"pos"`
	// Place is set for what the flow's own Go declares; Checked says that its result
	// holds numbers or members, which are looked at after each call, and Errs that Go
	// returns an error.
	Place   *Place `json:"-"`
	Checked bool   `json:"-"`
	Errs    bool   `json:"-"`
}
