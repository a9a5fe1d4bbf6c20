package examples

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"flowc/compiler/gobuild"
)

// limits are the largest executables, in bytes, that the examples may become on any Raspberry Pi. What pushes one over
// its limit is usually one import in rt: see what it links before raising the limit.
var limits = map[string]int64{
	"api":          6_500_000, // HTTP, MQTT and GPIO
	"button-led":   2_200_000,
	"climate":      3_000_000, // MQTT over plain TCP
	"door-alarm":   3_750_000, // the same, GPIO, and a store for what it remembers
	"greenhouse":   3_200_000, // MQTT and GPIO
	"motion-light": 2_350_000, // GPIO, a zone and the sun
	"news":         7_600_000, // HTTP, and feeds in any letters
	"own-sensor":   2_450_000, // GPIO, and what its own Go reads a file with
	"probes":       3_000_000,
	"qubitro":      5_200_000, // with TLS
	"stock":        5_800_000, // HTTP, which brings TLS along
	"thermostat":   3_850_000,
	"watering":     4_070_000,  // and what waits for the broker, which heals and counts what a kill takes; its memory is sealed
	"weather":      10_700_000, // HTTP, asked and answered, MQTT and SQLite
}

// A program that keeps rows in a PostgreSQL server brings TLS and the messages of pgproto3 along; pgx's own connection would be
// 1.5 MB more.
func TestSizeOfPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles Go's standard library for two targets")
	}
	for _, target := range []string{"pi", "pi-zero"} {
		size := sizeOf(t, "testdata/postgres", target)
		t.Logf("%s: %.2f MB", target, float64(size)/1e6)
		if size > 5_600_000 {
			t.Errorf("for %s: %d bytes", target, size)
		}
	}
}

// Each example is built for the Raspberry Pi, stripped as `flowc build` does it; -v shows the table of the README.
func TestSizes(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles Go's standard library for two targets")
	}
	var table strings.Builder
	for _, name := range names(t) {
		row := fmt.Sprintf("| %-12s |", name)
		for _, target := range []string{"pi", "pi-zero"} {
			size := sizeOf(t, name, target)
			row += fmt.Sprintf(" %.2f MB |", float64(size)/1e6)
			if limit, ok := limits[name]; !ok || size > limit {
				t.Errorf("%s for %s: %d bytes, at most %d are allowed", name, target, size, limit)
			}
		}
		table.WriteString(row + "\n")
	}
	t.Logf("\n| stripped   | arm64   | arm v6  |\n|---|---|---|\n%s", &table)
}

func sizeOf(t *testing.T, name, targetName string) int64 {
	t.Helper()
	target, err := gobuild.ParseTarget(targetName)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gobuild.Build(context.Background(), generate(t, name), gobuild.Options{
		Target: target, Out: filepath.Join(t.TempDir(), filepath.Base(name)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r.Size
}
