package op

// fit is the straight line that fits points best, by least squares.
type fit struct {
	n, sx, sy, sxx, sxy float64
}

func (f *fit) add(x, y float64) {
	f.n, f.sx, f.sy = f.n+1, f.sx+x, f.sy+y
	f.sxx += float64(x * x)
	f.sxy += float64(x * y)
}

// slope is that of the line; points of one moment have none.
func (f *fit) slope() (r float64, ok bool) {
	wide := float64(f.n*f.sxx) - float64(f.sx*f.sx)
	r = (float64(f.n*f.sxy) - float64(f.sx*f.sy)) / wide
	return r, wide > 0 && r-r == 0
}
