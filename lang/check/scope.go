package check

import (
	"flowc/lang/typed"
)

// scope is what an expression can see besides the flow's names.
type scope struct {
	// by is the declaration whose expression is being checked.
	by *decl
	// locals are the variables of for expressions and lambdas, and what flows
	// through a pipe (`it`).
	locals *local
	// facts are the paths that are known to be there.
	facts *facts
	// repeated says that the expression is evaluated once per element: nothing may
	// remember there.
	repeated bool
	// function is the function whose body is being checked.
	function *function
}

// local is a name that an expression brings with it.
type local struct {
	name string
	x    typed.Expr // what a pipe's `it` stands for
	v    *typed.Local
	// step is a local equation of a function.
	step *localEquation
	// arm says that it is the data of a case inside an answer of a match, which an
	// operator that remembers cannot see.
	arm  bool
	next *local
}

// remembered are the locals that an operator that remembers can see.
func (l *local) remembered() *local {
	if l == nil {
		return nil
	}
	next := l.next.remembered()
	if l.arm {
		return next
	}
	if next == l.next {
		return l
	}
	c := *l
	c.next = next
	return &c
}

func (l *local) find(name string) *local {
	for ; l != nil; l = l.next {
		if l.name == name {
			return l
		}
	}
	return nil
}

// with runs f in another scope and comes back.
func (c *checker) with(s scope, f func() typed.Expr) typed.Expr {
	saved := c.scope
	c.scope = s
	x := f()
	c.scope = saved
	return x
}

// knowing runs f where more is known to be there.
func (c *checker) knowing(more []string, f func() typed.Expr) typed.Expr {
	s := c.scope
	s.facts = s.facts.and(more)
	return c.with(s, f)
}

// facts is a chain of sets of paths.
type facts struct {
	paths []string
	next  *facts
}

func (f *facts) and(paths []string) *facts {
	if len(paths) == 0 {
		return f
	}
	return &facts{paths: paths, next: f}
}

func (f *facts) has(path string) bool {
	for ; f != nil; f = f.next {
		for _, p := range f.paths {
			if p == path {
				return true
			}
		}
	}
	return false
}
