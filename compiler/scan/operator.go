package scan

import (
	"go/token"
	"go/types"
	"iter"
	"strings"

	"flowc/lang/catalog"
)

// opScan is an operator while it is put together.
type opScan struct {
	*scanner
	d    *declaration
	t    *types.Named
	op   *catalog.Operator
	good bool
	// inputs are the parameters of Step, options the exported fields.
	inputs  []*catalog.Arg
	options []*catalog.Arg
}

// operator adds the operator of a struct.
func (s *scanner) operator(d *declaration) bool {
	t, st := s.structOf(d)
	if st == nil {
		return false
	}
	o := &opScan{scanner: s, d: d, t: t, good: true}
	o.op = &catalog.Operator{
		Name: d.name, Doc: s.doc(d.obj, d.name), Package: d.pkg.path, Type: d.obj.Name(), Pos: s.file(d.obj),
		Ready: d.word("ready", "follows"), Fresh: d.word("fresh", ""),
		Over: d.word("over", ""), Rate: d.word("rate", ""), Passes: d.has("passes"), Clock: d.has("clock"), Calendar: d.has("calendar"),
		EventTime: d.has("timed"),
		Across:    d.has("across"), Holds: d.has("holds"), Breaks: d.has("breaks"), Bounded: d.has("bounded"),
		Token: d.word("token", ""), Thins: d.word("thins", ""), Keeps: d.word("keeps", ""),
		Args: []*catalog.Arg{}, Resets: o.method("Reset") != nil,
	}
	o.op.TypeParams = o.typeParams(t.TypeParams(), d.obj.Pos())
	o.readDims()
	o.readOptions(st)
	if o.op.Across {
		o.readUpdate()
	} else {
		o.readStep()
	}
	if !o.good {
		return false
	}
	o.readCall()
	var names []string
	for _, a := range o.every() {
		names = append(names, a.Name)
	}
	s.checkRate("`"+d.name+"`", o.op.Rate, names, d.obj.Pos())
	s.directArgs(d, o.every())
	o.setOut()
	s.plainState(d.obj.Name(), st, false)
	if o.good {
		s.cat.Operators = append(s.cat.Operators, o.op)
	}
	return o.good
}

func (o *opScan) bad(pos token.Pos, parts ...string) {
	o.problem(pos, parts...)
	o.good = false
}

// every is all that a flow can give the operator.
func (o *opScan) every() []*catalog.Arg {
	return append(append([]*catalog.Arg{}, o.op.Args...), o.op.Options...)
}

// method finds a method of the operator's pointer, or nil.
func (o *opScan) method(name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(o.own()), true, o.d.pkg.types, name)
	f, _ := obj.(*types.Func)
	return f
}

// own is the type with its own type parameters as arguments: its methods then
// use the names of the type's declaration.
func (o *opScan) own() types.Type {
	params := o.t.TypeParams()
	if params.Len() == 0 {
		return o.t
	}
	args := make([]types.Type, params.Len())
	for i := range args {
		args[i] = params.At(i)
	}
	inst, err := types.Instantiate(nil, o.t, args, false)
	if err != nil {
		return o.t
	}
	return inst
}

// readOptions takes the exported fields.
func (o *opScan) readOptions(st *types.Struct) {
	all := members(st)
	for _, m := range all {
		f := &catalog.Field{Name: flowName(m.v.Name()), Go: m.path}
		optional := o.readTags(f, m)
		typ := o.dataType(m.v.Type())
		if typ == nil {
			o.untyped(m.v.Pos(), "The option "+m.path+" of "+o.d.obj.Name(), m.v.Type())
			o.good = false
			continue
		}
		f.Type = typ
		o.checkDefault(f, m.v.Pos())
		doc := inFlowWords(o.doc(m.v.Origin(), f.Name), all)
		if doc == "" {
			o.undocumented(m.v.Pos(), m.v.Name(), " needs a comment that says what `", f.Name, "` is.")
		}
		o.options = append(o.options, &catalog.Arg{
			Name: f.Name, Type: typ, Shape: "const", Go: m.path, Doc: doc,
			Default: f.Default, Optional: optional || f.Default != "" || typ.Name == "optional", Tags: f.Tags,
		})
	}
}

// readStep takes the inputs and the result of Step.
func (o *opScan) readStep() {
	step := o.method("Step")
	if step == nil {
		o.bad(o.d.obj.Pos(), o.d.obj.Name(), " has no method Step, which an operator needs (across keys: //flow:across and Update).")
		return
	}
	sig := step.Type().(*types.Signature)
	for i, p := range o.afterTick(sig) {
		last := i == sig.Params().Len()-1
		if a := o.input(p, sig.Variadic() && last); a != nil {
			o.inputs = append(o.inputs, a)
		}
	}
	o.result(step)
}

// afterTick gives the parameters behind a leading flow.Tick, and behind a fn.Zone or
// fn.Site next to it, by their place, and notes those.
func (o *opScan) afterTick(sig *types.Signature) iter.Seq2[int, *types.Var] {
	return func(yield func(int, *types.Var) bool) {
		for i := range sig.Params().Len() {
			p := sig.Params().At(i)
			switch {
			case i == 0 && vocabulary(p.Type()) == "Tick":
				o.op.Tick = true
				continue
			case o.op.Tick && i == 1 && isZone(p.Type()):
				o.op.Zone = true
				continue
			case o.op.Tick && i == 1 && isSite(p.Type()):
				o.op.Site = true
				continue
			}
			if !yield(i, p) {
				return
			}
		}
	}
}

// input is a parameter of Step.
func (o *opScan) input(p *types.Var, variadic bool) *catalog.Arg {
	a := &catalog.Arg{Name: flowName(p.Name()), Shape: "value", Input: true, Variadic: variadic}
	t := p.Type()
	if variadic {
		t = t.(*types.Slice).Elem()
	}
	switch vocabulary(t) {
	case "Val":
		a.Val, t = true, argument(t, 0)
	case "Hap":
		a.Hap, a.Shape, t = true, "event", argument(t, 0)
	}
	a.Type = o.dataType(t)
	if a.Type == nil {
		o.untyped(p.Pos(), "The parameter "+p.Name()+" of "+o.d.obj.Name(), t)
		o.good = false
		return nil
	}
	if a.Type.Name == "func" {
		a.Shape = "lambda"
	}
	return a
}

// result takes what Step (or Result) returns.
func (o *opScan) result(f *types.Func) {
	o.op.Method = f.Name()
	results := f.Type().(*types.Signature).Results()
	n := results.Len()
	if n > 0 && isError(results.At(n-1).Type()) {
		o.op.Fallible = true
		n--
	}
	if n != 1 {
		o.bad(f.Pos(), f.Name(), " of ", o.d.obj.Name(), " must return one result, or one and an error.")
		return
	}
	t := results.At(0).Type()
	switch vocabulary(t) {
	case "Val":
		o.op.ResultVal, t = true, argument(t, 0)
	case "Hap":
		o.op.ResultHap, t = true, argument(t, 0)
	}
	o.op.Result = o.dataType(t)
	if o.op.Result == nil {
		o.untyped(f.Pos(), "The result of "+o.d.obj.Name(), t)
		o.good = false
	}
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// readUpdate takes the input of an operator across keys: Update(n, old, new) of a
// level, with Forget and Result, or Update(n, event), with Step and no inputs.
func (o *opScan) readUpdate() {
	update := o.method("Update")
	if update == nil {
		o.bad(o.d.obj.Pos(), o.d.obj.Name(), " has no method Update, which an operator across keys needs.")
		return
	}
	params := update.Type().(*types.Signature).Params()
	if n := params.Len(); n == 2 || n == 3 {
		if a := o.input(params.At(n-1), false); a != nil {
			o.inputs = append(o.inputs, a)
		}
	}
	event := len(o.inputs) == 1 && o.inputs[0].Hap && params.Len() == 2
	level := len(o.inputs) == 1 && o.inputs[0].Val && params.Len() == 3
	switch step, result := o.method("Step"), o.method("Result"); {
	case event && step != nil:
		for _, p := range o.afterTick(step.Type().(*types.Signature)) {
			o.bad(p.Pos(), "Step of ", o.d.obj.Name(), " takes nothing but a flow.Tick: Update takes the events.")
		}
		o.result(step)
	case level && result != nil && o.method("Forget") != nil:
		o.result(result)
	default:
		o.bad(update.Pos(), o.d.obj.Name(), " across keys wants Update(n int32, old, new flow.Val[T]) with Forget and Result, or Update(n int32, event flow.Hap[T]) with Step.")
	}
}

// readCall puts inputs and options in the order of a call.
func (o *opScan) readCall() {
	dir, ok := o.d.get("call")
	if !ok {
		o.op.Args = append(append(o.op.Args, o.inputs...), o.options...)
		return
	}
	form, err := parseCall(dir.rest)
	if err != nil {
		o.bad(dir.pos, "//flow:call ", err.Error(), ".")
		return
	}
	o.renameAcross(form)
	used := map[*catalog.Arg]bool{}
	next := 0
	for _, item := range form.args {
		a := o.find(item, dir.pos)
		if a == nil {
			continue
		}
		if a.Input {
			if next >= len(o.inputs) || o.inputs[next] != a {
				o.bad(dir.pos, "//flow:call must name the inputs of Step in their order; `", a.Name, "` is out of order.")
			}
			next++
		}
		o.leave(a, item, dir.pos)
		used[a] = true
		o.op.Args = append(o.op.Args, a)
	}
	for _, item := range form.options() {
		a := o.find(item, dir.pos)
		switch {
		case a == nil:
			continue
		case a.Input:
			o.bad(dir.pos, "Only options stand in braces; `", a.Name, "` is an input of Step.")
		case used[a]:
			o.bad(dir.pos, "`", a.Name, "` is named twice in //flow:call.")
		}
		o.leave(a, item, dir.pos)
		used[a] = true
		o.op.Options = append(o.op.Options, a)
	}
	o.op.OptionSets = form.setNames()
	o.unnamed(used, dir.pos)
}

// renameAcross gives the one input across keys the name that the call has for
// it: Update calls it new.
func (o *opScan) renameAcross(form callForm) {
	if !o.op.Across {
		return
	}
	for _, item := range form.args {
		if pick(o.options, item.name) == nil && len(o.inputs) == 1 {
			o.inputs[0].Name = item.name
			return
		}
	}
}

// unitArg is the argument by which a call says in which unit it wants the result:
// the checker converts, the operator does not hear of it.
const unitArg = "unit"

// zoneOption names another zone than the site's, for an operator whose Step takes one.
const zoneOption = "zone"

// find is the input or option that a call names.
func (o *opScan) find(item callItem, pos token.Pos) *catalog.Arg {
	if a := pick(o.inputs, item.name); a != nil {
		return a
	}
	if a := pick(o.options, item.name); a != nil {
		return a
	}
	if item.name == zoneOption && o.op.Zone {
		return &catalog.Arg{
			Name: zoneOption, Type: &catalog.Type{Name: "string", Go: strings.TrimSuffix(o.op.Package, "op") + "fn.Zone"}, Shape: "const", Optional: true,
			Doc: "Zone is the place whose clocks count, where it is not that of the site: \"Asia/Tokyo\".",
		}
	}
	if item.name == unitArg {
		return &catalog.Arg{Name: unitArg, Type: &catalog.Type{Name: "any"}, Shape: "unit", Optional: true, Doc: "The unit of the result."}
	}
	var names []string
	for _, a := range append(append([]*catalog.Arg{}, o.inputs...), o.options...) {
		names = append(names, a.Name)
	}
	o.bad(pos, "//flow:call names `", item.name, "`, which is neither an input of Step nor an option of ", o.d.obj.Name(), ".",
		suggestion("", catalog.Nearest(item.name, names)))
	return nil
}

func pick(list []*catalog.Arg, name string) *catalog.Arg {
	for _, a := range list {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// leave settles what `?` and `...` promise: the call says what may be left out.
func (o *opScan) leave(a *catalog.Arg, item callItem, pos token.Pos) {
	if item.optional && (a.Input || !a.Optional) {
		o.bad(pos, "`", a.Name, "` cannot be left out: only an option with a default or of type flow.Opt can.")
	}
	if item.variadic != a.Variadic {
		o.bad(pos, "`", a.Name, "` is variadic in //flow:call and in Step, or in neither.")
	}
	a.Optional = item.optional
}

// unnamed tells of inputs and options that no call could give.
func (o *opScan) unnamed(used map[*catalog.Arg]bool, pos token.Pos) {
	var missing []string
	for _, a := range append(append([]*catalog.Arg{}, o.inputs...), o.options...) {
		if !used[a] {
			missing = append(missing, a.Name)
		}
	}
	if len(missing) > 0 {
		o.bad(pos, "//flow:call leaves out ", strings.Join(missing, ", "), ".")
	}
}

// setOut finds the shape of the result.
func (o *opScan) setOut() {
	o.op.Out = "value"
	if o.op.ResultHap {
		o.op.Out = "event"
	}
	o.op.Out = o.d.word("out", o.op.Out)
}
