package flow

import "strings"

// redact leaves secrets out of a text. It is nil in a program without secrets.
var redact func(text string) string

// secrets are the texts that no line and no page may show. They are read before the program starts.
var secrets []string

// shortest is the length in bytes from which on a secret is looked for: a shorter one stands in words by chance.
const shortest = 4

// Hide has a secret left out of every text from now on. It is called before the program starts.
func Hide(secret string) {
	if len(secret) >= shortest {
		// The longest come first: one may be a part of another, whose rest would stay.
		at := 0
		for at < len(secrets) && len(secrets[at]) >= len(secret) {
			at++
		}
		secrets = append(secrets, "")
		copy(secrets[at+1:], secrets[at:])
		secrets[at] = secret
		redact = withoutSecrets
	}
}

func withoutSecrets(text string) string {
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s, "***")
	}
	return text
}

// Redacted is a text as people may see it. No kind puts a secret into a message; what it quotes of a library, a server or
// Go of the flow's own may hold one.
func Redacted(text string) string {
	if redact == nil {
		return text
	}
	return redact(text)
}
