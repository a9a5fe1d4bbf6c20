package op

import "flowc/rt/flow"

// least is the least of v and of what is ready in list.
func least[T flow.Ordered](v T, list []flow.Val[T]) T {
	for _, x := range list {
		if x.OK && x.V < v {
			v = x.V
		}
	}
	return v
}

// greatest is the greatest of v and of what is ready in list.
func greatest[T flow.Ordered](v T, list []flow.Val[T]) T {
	for _, x := range list {
		if x.OK && x.V > v {
			v = x.V
		}
	}
	return v
}
