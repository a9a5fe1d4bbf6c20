package check

import (
	"net/url"

	"flowc/lang/typed"
)

// addressPasswords refuses addresses with a password in them that stand in the flow.
func (c *checker) addressPasswords() {
	for _, d := range c.things() {
		for _, s := range d.thing.Settings {
			k, ok := s.X.(*typed.Const)
			if !ok || s.Field.Name != "url" {
				continue
			}
			text, _ := k.V.(string)
			u, err := url.Parse(text)
			if err != nil || u.User == nil {
				continue
			}
			if _, has := u.User.Password(); has {
				c.report(c.errPasswordInAddress(d, k, u))
			}
		}
	}
}
