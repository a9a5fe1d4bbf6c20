package faults

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// guard is something that holds hostile input off: what stands for it in the README, what
// takes it away, and the tests that have to fail then.
type guard struct {
	name   string
	change change
	pkg    string
	tests  string
}

var guards = []guard{
	{"a file of more than 1 MB", change{"lang/syntax/limit.go", "\tif len(src) > maxFileBytes {\n", "\tif len(src) > 1<<30 {\n"}, "./lang/syntax", "TestLimits|TestLoadRefuses"},
	{"a program of more than 8 MB", change{"lang/syntax/limit.go", "; total > maxProgramBytes {", "; total > 1<<30 {"}, "./lang/syntax", "TestLimits|TestProgramOfManyFiles"},
	{"deep nesting", change{"lang/syntax/limit.go", "if len(w.open)+w.directives > maxDepth ||", "if len(w.open)+w.directives > 1<<20 ||"}, "./lang/syntax", "TestLimits"},
	{"deep signs and conditions", change{"lang/syntax/limit.go", "|| max(c.questions, c.signs, c.indexes) > maxDepth {", "{"}, "./lang/syntax", "TestLimits|TestNoInputIsSlow"},
	{"a literal of more than 64 KB", change{"lang/syntax/limit.go", "tok.Range.End.Byte-from.Range.Start.Byte > maxLiteralBytes", "tok.Range.End.Byte-from.Range.Start.Byte > 1<<30"}, "./lang/syntax", "TestLimits"},
	{"a number of a thousand digits", change{"lang/syntax/limit.go", "\tif len(text) > maxNumberBytes {\n", "\tif len(text) > 1<<30 {\n"}, "./lang/syntax", "TestLimits|TestNoInputIsSlow"},
	{"a number that is too big", change{"lang/syntax/limit.go", "\tcase math.IsInf(n, 0):\n", "\tcase math.IsNaN(n):\n"}, "./lang/syntax", "TestLimits"},
	{"ten thousand things", change{"lang/syntax/parse.go", "things > maxThings {", "things > 1<<30 {"}, "./lang/syntax", "TestLimits"},
	{"a flow file that is a pipe", change{"lang/syntax/load.go", "\tif !info.Mode().IsRegular() {", "\tif info.Mode().IsDir() && false {"}, "./lang/syntax", "TestLoadRefusesPipes"},
	{"a field that is there twice", change{"rt/wirejson/error.go", "func (s *Scanner) repeated() { s.twice(s.keySpan) }", "func (s *Scanner) repeated() {}"}, "./rt/wirejson", "TestErrorsTellPlaceAndText|TestTwiceAmongManyNames|TestJSONTestSuite"},
	{"a name twice among many", change{"rt/wirejson/keys.go", "\t\t\ts.twice(names[i].at)\n", ""}, "./rt/wirejson", "TestTwiceAmongManyNames"},
	{"simple text that is no UTF-8", change{"rt/wirejson/text.go", "if all >= utf8.RuneSelf && !utf8.Valid(text) {", "if all >= utf8.RuneSelf && text == nil {"}, "./rt/wirejson", "TestJSONTestSuite|TestErrorsTellPlaceAndText"},
	{"text with escapes that is no UTF-8", change{"rt/wirejson/text.go", "\tif !utf8.Valid(s.data[from:i]) {\n", "\tif utf8.RuneLen(0) == 0 {\n"}, "./rt/wirejson", "TestJSONTestSuite|TestErrorsTellPlaceAndText"},
	{"JSON of a depth of 65", change{"rt/wirejson/scanner.go", "\tif s.depth > MaxDepth {\n", "\tif s.depth > 1<<30 {\n"}, "./rt/wirejson", "TestJSONTestSuite|TestErrorsTellPlaceAndText"},
	{"a whole number that would be rounded", change{"rt/wirejson/number.go", "\t\tif !ok || d.mantissa > 1<<63 || d.mantissa == 1<<63 && !d.negative {\n", "\t\tif !ok && d.negative && d.digits == 0 {\n"}, "./rt/wirejson", "TestInt"},
	{"a payload of more than 1 MB", change{"rt/wirejson/scanner.go", "\tif len(data) > MaxBytes {\n", "\tif len(data) > 1<<30 {\n"}, "./rt/wirejson", "TestJSONTestSuite|TestErrorsTellPlaceAndText|TestInt"},
	{"a packet that is larger than may be", change{"rt/mqtt/frame.go", "\tif length > maxPacket {\n", "\tif length > 1<<30 {\n"}, "./rt/mqtt", "FuzzBroker|FuzzPacketsFromABroker|TestHostileBytes"},
	{"a packet before the login", change{"rt/mqtt/wire.go", "\treturn malformed(\"a packet before the connection was accepted\")\n", "\treturn nil\n"}, "./rt/mqtt", "FuzzBroker|TestHostileAnswerToLogin|TestHostileBytes"},
	{"more messages than allowed", change{"rt/mqtt/incoming.go", "\tif !l.overrun && l.unacked+p.size() > unackedBytes {\n", "\tif !l.overrun && l.unacked+p.size() > 1<<40 {\n"}, "./rt/mqtt", "TestMoreMessagesThanAllowed"},
	{"data in a topic", change{"rt/flow/topic.go", "\"/+#\\x00\"); i >= 0 {", "\"/+#\\x00\"); i >= 1<<20 {"}, "./rt/flow", "TestTopicPart"},
	{"SQL that data chooses", change{"lang/check/statement.go", "if strings.HasPrefix(c.src(e.Range()), \"%{\") {", "if strings.HasPrefix(c.src(e.Range()), \"%%{\") {"}, "./lang/check", "TestCases"},
	{"SQL that data repeats", change{"lang/check/statement.go", "\tcase *hclsyntax.TemplateJoinExpr:\n\t\tc.report(errStatementDynamic(e.Range()))\n\t\treturn false\n", ""}, "./lang/check", "TestCases"},
	{"SQL that is data", change{"lang/check/statement.go", "\tif !ok || k.Type.Kind != types.String {\n\t\tc.report(errStatementDynamic(e.Range()))\n", "\tif !ok || k.Type.Kind != types.String {\n"}, "./lang/check", "TestCases"},
	{"a route that anybody could ask", change{"lang/check/route.go", "\t\tcase !saysOpen(server):\n", "\t\tcase !saysOpen(server) && false:\n"}, "./lang/check", "TestCases"},
	{"a secret in the flow", change{"lang/check/settingvalue.go", "\t\t\tc.report(c.errSecretLiteral(x, a))\n\t\t\treturn false\n", "\t\t\treturn false\n"}, "./lang/check", "TestCases"},
	{"a secret that gets out", change{"lang/check/taint.go", "\tc.report(c.errLeak(l))\n", ""}, "./lang/check", "TestCases"},
	{"a file outside the folder", change{"rt/web/files.go", "\tfile, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)\n", "\tfile, err := os.OpenFile(f.name+\"/\"+name, os.O_RDONLY|syscall.O_NONBLOCK, 0)\n"}, "./rt/web", "TestFilesStayInTheirFolder"},
	{"a server that is open by mistake", change{"rt/web/server.go", "\tif !e.local && !s.Open {\n", "\tif !e.local && !s.Open && false {\n"}, "./rt/web", "TestServerIsNotOpenByMistake"},
	{"a wrong token", change{"rt/web/login.go", "\treturn ok && subtle.ConstantTimeCompare([]byte(given), []byte(token.Reveal())) == 1\n", "\treturn ok && subtle.ConstantTimeCompare([]byte(given), []byte(token.Reveal())) >= 0\n"}, "./rt/web", "TestRouteWantsALogin"},
	{"headers that take long", change{"rt/web/server.go", "ReadHeaderTimeout: headerTime, ReadTimeout: requestTime,", "ReadTimeout: time.Hour,"}, "./rt/web", "TestRouteLetsBadClientsGo"},
	{"headers of more than 16 KB", change{"rt/web/server.go", "MaxHeaderBytes: headerMost,", "MaxHeaderBytes: 1 << 26,"}, "./rt/web", "TestRouteLetsBadClientsGo"},
	{"a body of more than 1 MB", change{"rt/web/route.go", "!v.read(w, q, house.bodyMost)", "!v.read(w, q, 1<<30)"}, "./rt/web", "TestRouteAnswers"},
	{"more than 256 clients", change{"rt/web/gate.go", "seats: make(chan struct{}, n),", "seats: make(chan struct{}, 4*n),"}, "./rt/web", "TestServerHas256Seats"},
	{"a secret in a file that others read", change{"rt/flow/settings.go", "\t\tfile.open = othersMayRead(info)\n", "\t\tfile.open = othersMayRead(info) && false\n"}, "./rt/flow", "TestSecretInOpenFile"},
	{"a secret that does not fit its type", change{"rt/flow/settings.go", "\t\t\tfound = \"what was found does not fit\"\n", ""}, "./rt/flow", "TestSecretThatDoesNotFitIsNotShown"},
	{"the address in a fault", change{"rt/web/failure.go", "\treturn \"the exchange failed\"\n", "\treturn err.Error()\n"}, "./rt/web", "TestFaultsHoldNoSecret"},
	{"the path of this machine in a program", change{"compiler/gobuild/gocommand.go", "\"build\", \"-trimpath\", ", "\"build\", "}, "./compiler/gobuild", "TestSameInputSameBits"},
}

// TestGuardTextStands keeps the guards removable: what is changed is still there.
func TestGuardTextStands(t *testing.T) {
	for _, g := range guards {
		g.change.text(t)
	}
}

// TestGuards takes each guard away in turn, and its tests must fail.
func TestGuards(t *testing.T) {
	if !long {
		t.Skip("builds a test for each guard: -tags long")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range guards {
		t.Run(g.name, func(t *testing.T) {
			c := exec.Command("go", "test", "-count=1", "-timeout", "4m", "-run", g.tests, g.pkg)
			c.Dir = root
			c.Env = append(os.Environ(), "GOFLAGS=-overlay="+overlay(t, t.TempDir(), root, []change{g.change}))
			out, err := c.CombinedOutput()
			text := string(out)
			switch {
			case err == nil:
				t.Errorf("its tests hold all the same")
			case strings.Contains(text, "[build failed]") || strings.Contains(text, "[setup failed]"):
				t.Errorf("it cannot be taken away:\n%s", text)
			case !strings.Contains(text, "--- FAIL") && !strings.Contains(text, "fatal error") && !strings.Contains(text, "panic:"):
				t.Errorf("another failure:\n%.2000s", text)
			}
		})
	}
}
