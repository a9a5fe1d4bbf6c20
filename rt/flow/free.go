package flow

// ShootFreely starts an effect that nobody waits for: what this instant accepted is over
// without it, as a flow wants it with `delivery = best_effort`. Begin gives the effect the
// zero Token, which belongs to no occurrence.
func ShootFreely(s Shooter, h *Host) {
	held := h.e.current
	h.e.current = 0
	defer func() { h.e.current = held }()
	s.Shoot(h)
}
