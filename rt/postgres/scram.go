package postgres

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"hash"
	"strconv"
	"strings"
)

// scram is a login by SCRAM-SHA-256 (RFC 5802, RFC 7677): neither side tells the other
// the password, and each proves that it knows it.
type scram struct {
	password string
	// binding is what ties the login to the connection, nil without TLS; header says so.
	binding []byte
	header  string
	nonce   string
	// first is the client's first message without its header; server is the signature
	// that the server must show.
	first  string
	server []byte
}

// The mechanisms; the one with PLUS is bound to the TLS connection.
const (
	mechanism      = "SCRAM-SHA-256"
	mechanismBound = "SCRAM-SHA-256-PLUS"
)

// roundsMost is how often a server may let a password be hashed; PostgreSQL's own number
// is 4,096.
const roundsMost = 1_000_000

func newSCRAM(password string, binding []byte, bound bool) *scram {
	raw := make([]byte, 18)
	rand.Read(raw) // never fails
	s := &scram{password: password, header: "n,,", nonce: base64.StdEncoding.EncodeToString(raw)}
	switch {
	case bound:
		s.header, s.binding = "p=tls-server-end-point,,", binding
	case binding != nil:
		s.header = "y,," // could have been bound: the server finds out if somebody took that away
	}
	s.first = "n=,r=" + s.nonce
	return s
}

// begin is the first message.
func (s *scram) begin() []byte { return []byte(s.header + s.first) }

var errSCRAM = errors.New("the server's part of the login is not valid")

// prove answers the server's challenge.
func (s *scram) prove(challenge []byte) ([]byte, error) {
	nonce, salt, rounds, err := readChallenge(string(challenge))
	if err != nil || !strings.HasPrefix(nonce, s.nonce) || nonce == s.nonce {
		return nil, errSCRAM
	}
	salted, err := pbkdf2.Key(sha256.New, s.password, salt, rounds, sha256.Size)
	if err != nil {
		return nil, errSCRAM
	}
	bare := "c=" + base64.StdEncoding.EncodeToString(append([]byte(s.header), s.binding...)) + ",r=" + nonce
	said := s.first + "," + string(challenge) + "," + bare
	client := sign(salted, "Client Key")
	stored := sha256.Sum256(client)
	proof := sign(stored[:], said)
	for i := range proof {
		proof[i] ^= client[i]
	}
	s.server = sign(sign(salted, "Server Key"), said)
	return []byte(bare + ",p=" + base64.StdEncoding.EncodeToString(proof)), nil
}

func readChallenge(text string) (nonce string, salt []byte, rounds int, err error) {
	parts := strings.Split(text, ",")
	if len(parts) < 3 || !strings.HasPrefix(parts[0], "r=") || !strings.HasPrefix(parts[1], "s=") || !strings.HasPrefix(parts[2], "i=") {
		return "", nil, 0, errSCRAM
	}
	if salt, err = base64.StdEncoding.DecodeString(parts[1][2:]); err != nil {
		return "", nil, 0, errSCRAM
	}
	rounds, err = strconv.Atoi(parts[2][2:])
	if err != nil || rounds < 1 || rounds > roundsMost {
		return "", nil, 0, errSCRAM
	}
	return parts[0][2:], salt, rounds, nil
}

// hold holds the server to its proof that it knows the password too.
func (s *scram) hold(final []byte) error {
	text, ok := strings.CutPrefix(string(final), "v=")
	got, err := base64.StdEncoding.DecodeString(text)
	if !ok || err != nil || s.server == nil || !hmac.Equal(got, s.server) {
		return errors.New("the server does not know the password itself: it is not the right one")
	}
	return nil
}

func sign(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}

// endPoint is what ties a login to a TLS connection: the hash of the server's
// certificate (RFC 5929, tls-server-end-point).
func endPoint(c *tls.ConnectionState) []byte {
	if len(c.PeerCertificates) == 0 {
		return nil
	}
	cert := c.PeerCertificates[0]
	var h hash.Hash
	switch cert.SignatureAlgorithm {
	case x509.SHA384WithRSA, x509.SHA384WithRSAPSS, x509.ECDSAWithSHA384:
		h = sha512.New384()
	case x509.SHA512WithRSA, x509.SHA512WithRSAPSS, x509.ECDSAWithSHA512:
		h = sha512.New()
	case x509.PureEd25519:
		return nil // the RFC names no hash for it
	default:
		h = sha256.New()
	}
	h.Write(cert.Raw)
	return h.Sum(nil)
}
