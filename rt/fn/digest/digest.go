// Package digest has the functions that make checksums of data which cannot be
// turned back. It stands apart from rt/fn because only importing crypto costs a
// program 110 kB.
package digest

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"

	"flowc/rt/flow"
)

// Sha256 is the SHA-256 checksum of bytes, in hexadecimal digits.
//
//	substr(sha256(to_bytes("abc")), 0, 8)  # "ba7816bf"
//
//flow:func sha256
func Sha256(data []byte) string {
	sum := sha256.Sum256(data)
	return hexadecimal(sum[:])
}

// Sha256Text is the SHA-256 checksum of a text in UTF-8, in hexadecimal digits.
//
//	substr(sha256("abc"), 0, 8)  # "ba7816bf"
//
//flow:func sha256
func Sha256Text(s string) string { return Sha256([]byte(s)) }

// Md5 is the MD5 checksum of bytes, in hexadecimal digits. It finds mistakes;
// against people who mean harm it protects nothing.
//
//	md5(to_bytes("abc"))  # "900150983cd24fb0d6963f7d28e17f72"
//
//flow:func md5
func Md5(data []byte) string {
	sum := md5.Sum(data)
	return hexadecimal(sum[:])
}

// Md5Text is the MD5 checksum of a text in UTF-8, in hexadecimal digits. It finds
// mistakes; against people who mean harm it protects nothing.
//
//	md5("abc")  # "900150983cd24fb0d6963f7d28e17f72"
//
//flow:func md5
func Md5Text(s string) string { return Md5([]byte(s)) }

// HmacSha256 signs bytes with a secret, in hexadecimal digits: whoever has the
// secret can tell that the bytes are from somebody who has it too.
//
//flow:func hmac_sha256
func HmacSha256(data []byte, key flow.Secret) string {
	mac := hmac.New(sha256.New, []byte(key.Reveal()))
	mac.Write(data)
	return hexadecimal(mac.Sum(nil))
}

// HmacSha256Text signs a text with a secret, in hexadecimal digits: whoever has
// the secret can tell that the text is from somebody who has it too.
//
//flow:func hmac_sha256
func HmacSha256Text(s string, key flow.Secret) string { return HmacSha256([]byte(s), key) }

// Fingerprint tells secrets apart without telling them: eight hexadecimal digits,
// always the same for one secret. It cannot be turned back, but somebody who
// guesses a common password can see that the guess is right: a good secret is
// random.
//
//flow:func fingerprint
func Fingerprint(secret flow.Secret) string {
	// With words before it, it is no checksum of a secret that others keep.
	return Sha256Text("flow fingerprint:" + secret.Reveal())[:8]
}

func hexadecimal(data []byte) string {
	const digits = "0123456789abcdef"
	dst := make([]byte, 0, 2*len(data))
	for _, b := range data {
		dst = append(dst, digits[b>>4], digits[b&15])
	}
	return string(dst)
}
