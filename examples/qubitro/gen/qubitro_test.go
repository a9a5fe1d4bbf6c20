package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
	"flowc/rt/mqtt"
	"flowc/rt/mqtt/witness"
)

const (
	deviceID = "0b7c1d9e"
	token    = "s3cret-token"
)

// The whole way: a device speaks to the broker in the house, and every 30 s a message arrives at the cloud's, over TLS
// and with the device's login.
func TestReadingsReachTheCloud(t *testing.T) {
	ca, cloudURL := cloud(t)
	house, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(house.Close)
	observer := drive.NewPeer(t, &mqtt.Broker{URL: cloudURL, CA: ca, ClientID: "observer", User: deviceID, Password: flow.NewSecret(token)}, deviceID)
	// Retained, so that it comes whether it or the subscription is first at the broker.
	observer.Retain(deviceID, "begin")
	observer.Until(20*time.Second, "the subscription", func() bool { return observer.Received() == 1 })

	var f *Program
	p := drive.Run(t, info, func(e *flow.Engine) flow.Program {
		f = newProgram(e, configured(t, map[string]string{
			"broker_url": cloudURL, "device_id": deviceID, "device_token": token, "home_url": house.URL(),
		}))
		f.home.KeepAlive, f.cloud.KeepAlive = 65535*time.Second, 65535*time.Second
		f.cloud.CA = ca // the real broker's is among the system's
		return f
	})
	p.Until("both brokers", func() bool { return f.home.Connected.V && f.cloud.Connected.V })
	say := func(payload string) {
		t.Helper()
		before := p.Counters("device").Accepted
		house.Publish("device/readings", payload, 1, false)
		p.Until("the reading", func() bool { return p.Engine.Counters(p.Node("device")).Accepted > before })
	}
	if !house.Wait(20*time.Second, func() bool { return len(house.Subscribes()) == 1 }) {
		t.Fatal("no subscription")
	}
	sent := func() {
		t.Helper()
		p.Until("the cloud's confirmation", func() bool { return f.upload.Drained(p.Engine.Hosts[p.Node("upload")]) })
	}

	say(`{"temperature": 21.456, "humidity": 44.44}`)
	p.Advance(29 * time.Second)
	if n := observer.Received(); n != 1 {
		t.Errorf("%d messages in the first 29 s", n-1)
	}
	p.Advance(time.Second)
	sent()
	say(`{"temperature": 21.5, "humidity": 44, "battery": 3.01}`)
	p.Advance(30 * time.Second)
	sent()
	observer.Until(20*time.Second, "two messages", func() bool { return observer.Received() >= 3 })
	want := []drive.Message{
		{Topic: deviceID, Payload: `{"temperature":21.46,"humidity":44.4}`},
		{Topic: deviceID, Payload: `{"temperature":21.5,"humidity":44,"battery":3.01}`},
	}
	if got := observer.Since(1); !slices.Equal(got, want) {
		t.Errorf("the cloud received %q,\nwant %q", got, want)
	}

	for range 20 {
		p.Advance(30 * time.Second)
		sent()
	}
	// Five minutes after the last reading the device counts as silent: ten messages in all, then none, told once.
	if n := len(p.Faults()); n != 1 {
		t.Errorf("faults: %q", p.Faults())
	}
	observer.Publish(deviceID, "end")
	observer.Until(20*time.Second, "the end", func() bool {
		got := observer.Got()
		return got[len(got)-1].Payload == "end"
	})
	if n := observer.Received(); n != 12 {
		t.Errorf("%d messages, want the begin, ten and the end", n)
	}
}

// configured reads settings as a start does.
func configured(t *testing.T, values map[string]string) *settings {
	s := &settings{}
	for _, d := range s.list() {
		text, ok := values[d.Name]
		if !ok && d.Required {
			t.Fatalf("setting %q is not given", d.Name)
		}
		if ok {
			if err := d.Parse(text); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// cloud is a mosquitto with TLS and a password; ca is the file that its certificate is signed with.
func cloud(t *testing.T) (ca, url string) {
	dir := t.TempDir()
	ca, key := filepath.Join(dir, "ca.pem"), filepath.Join(dir, "key.pem")
	certificate(t, ca, key)
	passwords := filepath.Join(dir, "passwords")
	if err := os.WriteFile(passwords, []byte(deviceID+":"+hashed(t, token)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := witness.StartMosquitto(t, "certfile "+ca+"\nkeyfile "+key+"\nallow_anonymous false\npassword_file "+passwords)
	return ca, "mqtts://" + m.Addr()
}

// hashed is a password as mosquitto keeps it: PBKDF2 with SHA-512.
func hashed(t *testing.T, password string) string {
	salt := []byte("twelve bytes")
	const rounds = 101
	key, err := pbkdf2.Key(sha512.New, password, salt, rounds, sha512.Size)
	if err != nil {
		t.Fatal(err)
	}
	text := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("$7$%d$%s$%s", rounds, text(salt), text(key))
}

// certificate writes a certificate for 127.0.0.1, signed with itself.
func certificate(t *testing.T, certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "cloud"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, certFile, "CERTIFICATE", der)
	write(t, keyFile, "EC PRIVATE KEY", private)
}

func write(t *testing.T, name, block string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: block, Bytes: data}), 0o600); err != nil {
		t.Fatal(err)
	}
}
