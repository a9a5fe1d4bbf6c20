package digest

import (
	"regexp"
	"strings"
	"testing"

	"flowc/rt/flow"
)

// The values are those of RFC 1321, FIPS 180-2 and RFC 4231.
func TestKnownDigests(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"md5", Md5Text("message digest"), "f96b697d7cb7938d525a2f31aaf161d0"},
		{"md5 of nothing", Md5(nil), "d41d8cd98f00b204e9800998ecf8427e"},
		{"sha256", Sha256Text("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"sha256 of nothing", Sha256(nil), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"hmac_sha256", HmacSha256Text("what do ya want for nothing?", flow.NewSecret("Jefe")), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{"hmac_sha256 of bytes", HmacSha256([]byte("Hi There"), flow.NewSecret(strings.Repeat("\x0b", 20))), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %s, want %s", c.name, c.got, c.want)
		}
	}
}

// A fingerprint is short, the same for the same secret, and no checksum that
// others have of it.
func TestFingerprint(t *testing.T) {
	a, b := Fingerprint(flow.NewSecret("raspberry")), Fingerprint(flow.NewSecret("raspberries"))
	if !regexp.MustCompile("^[0-9a-f]{8}$").MatchString(a) || a == b || a != Fingerprint(flow.NewSecret("raspberry")) {
		t.Errorf("fingerprints %q and %q", a, b)
	}
	if strings.HasPrefix(Sha256Text("raspberry"), a) || strings.HasPrefix(Md5Text("raspberry"), a) {
		t.Errorf("%q is the beginning of a plain checksum", a)
	}
}
