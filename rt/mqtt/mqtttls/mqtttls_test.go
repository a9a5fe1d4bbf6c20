package mqtttls_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt"
	_ "flowc/rt/mqtt/mqtttls"
	"flowc/rt/mqtt/witness"
)

// authority signs certificates for a test.
type authority struct {
	t    *testing.T
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
}

func newAuthority(t *testing.T, name string) *authority {
	a := &authority{t: t, dir: t.TempDir()}
	a.cert = &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.key = a.newKey()
	a.file = a.write("ca.pem", "CERTIFICATE", a.sign(a.cert, a.key))
	return a
}

func (a *authority) newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	return key
}

func (a *authority) sign(c *x509.Certificate, key *ecdsa.PrivateKey) []byte {
	if c.NotAfter.IsZero() {
		c.NotBefore, c.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	}
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, &key.PublicKey, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	return der
}

func (a *authority) write(name, kind string, der []byte) string {
	file := filepath.Join(a.dir, name)
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		a.t.Fatal(err)
	}
	return file
}

// issue gives the files of a new certificate.
func (a *authority) issue(name string, change func(*x509.Certificate)) (cert, key string) {
	c := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	if change != nil {
		change(c)
	}
	k := a.newKey()
	der, err := x509.MarshalECPrivateKey(k)
	if err != nil {
		a.t.Fatal(err)
	}
	return a.write(name+".pem", "CERTIFICATE", a.sign(c, k)), a.write(name+".key", "EC PRIVATE KEY", der)
}

// nothing is a flow without equations.
type nothing struct{ things []flow.Thing }

func (n nothing) Things() []flow.Thing   { return n.things }
func (n nothing) Order() []int32         { return []int32{0} }
func (n nothing) Begin()                 {}
func (n nothing) React(int32, flow.Wake) {}
func (n nothing) Fire(int32, int32)      {}
func (n nothing) Step()                  {}
func (n nothing) Apply()                 {}
func (n nothing) Culprit() int32         { return 0 }
func check(b *mqtt.Broker) error         { return b.Check(host(b)) }
func host(b *mqtt.Broker) *flow.Host     { return engine(b).Hosts[0] }
func engine(b *mqtt.Broker) *flow.Engine {
	info := flow.Info{Name: "garden", Nodes: []flow.Node{{Name: "home", Kind: "mqtt", Pos: "garden.hcl:1"}}}
	return flow.NewEngine(flow.SystemClock(), info, flow.Output{}, func(*flow.Engine) flow.Program {
		return nothing{[]flow.Thing{b}}
	})
}

func broker(addr string) *mqtt.Broker {
	return &mqtt.Broker{URL: "mqtts://" + addr, KeepAlive: 30 * time.Second, SessionExpiry: time.Hour}
}

func expect(t *testing.T, b *mqtt.Broker, want string) {
	t.Helper()
	err := check(b)
	if want == "" && err != nil {
		t.Error(err)
	} else if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestMosquittoTLS(t *testing.T) {
	ca, other := newAuthority(t, "garden"), newAuthority(t, "other")
	cert, key := ca.issue("server", nil)
	m := witness.StartMosquitto(t, "allow_anonymous true\ncertfile "+cert+"\nkeyfile "+key)
	b := broker(m.Addr())
	b.CA = ca.file
	expect(t, b, "")
	b.CA = other.file
	expect(t, b, "the broker at "+m.Addr()+" shows a certificate that no known authority signed; give the authority's file with `ca`")
	b.CA = ""
	expect(t, b, "no known authority signed")
	b.CA = ca.file
	b.URL = "mqtts://localhost:" + m.Addr()[strings.LastIndex(m.Addr(), ":")+1:]
	expect(t, b, "shows a certificate for another name")
	b.URL = m.URL()
	expect(t, b, "the connection")
}

func TestMosquittoExpiredCertificate(t *testing.T) {
	ca := newAuthority(t, "garden")
	cert, key := ca.issue("server", func(c *x509.Certificate) {
		c.NotBefore, c.NotAfter = time.Now().Add(-2*time.Hour), time.Now().Add(-time.Hour)
	})
	m := witness.StartMosquitto(t, "allow_anonymous true\ncertfile "+cert+"\nkeyfile "+key)
	b := broker(m.Addr())
	b.CA = ca.file
	expect(t, b, "shows a certificate that is not valid today; check it, and this machine's clock")
}

func TestMosquittoClientCertificate(t *testing.T) {
	ca := newAuthority(t, "garden")
	cert, key := ca.issue("server", nil)
	m := witness.StartMosquitto(t, "allow_anonymous true\nrequire_certificate true\ncafile "+ca.file+"\ncertfile "+cert+"\nkeyfile "+key)
	b := broker(m.Addr())
	b.CA = ca.file
	// The broker's word on it, or only the loss, if that was quicker.
	if err := check(b); err == nil || !strings.Contains(err.Error(), "does it want a client certificate") && !strings.Contains(err.Error(), "lost the connection") {
		t.Errorf("without a certificate: %v", err)
	}
	b.Cert, b.Key = ca.issue("client", nil)
	expect(t, b, "")
}

func TestPlainBrokerBehindTLS(t *testing.T) {
	w, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	w.Set(witness.Faults{First: []byte("no TLS here")})
	expect(t, broker(w.Addr()), "the broker at "+w.Addr()+" ")
}

func TestWrongFiles(t *testing.T) {
	ca := newAuthority(t, "garden")
	cert, key := ca.issue("client", nil)
	_, otherKey := ca.issue("other", nil)
	for _, test := range []struct {
		change func(*mqtt.Broker)
		want   string
	}{
		{func(b *mqtt.Broker) { b.CA = "/missing.pem" }, "ca: cannot read /missing.pem: no such file or directory"},
		{func(b *mqtt.Broker) { b.CA = key }, "holds no certificate in PEM form"},
		{func(b *mqtt.Broker) { b.Cert = cert }, "cert: the setting `key` with its private key is missing"},
		{func(b *mqtt.Broker) { b.Key = key }, "key: the setting `cert` with its certificate is missing"},
		{func(b *mqtt.Broker) { b.Cert, b.Key = cert, "/missing.key" }, "key: cannot read /missing.key"},
		{func(b *mqtt.Broker) { b.Cert, b.Key = cert, otherKey }, "are not a certificate and its private key"},
	} {
		b := broker("127.0.0.1:1")
		test.change(b)
		err := engine(b).Start()
		if err == nil || !strings.Contains(err.Error(), `garden.hcl:1: mqtt "home": `) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
}
