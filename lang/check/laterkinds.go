package check

import "strings"

// laterKinds are kinds of the language that this flowc does not build yet, each with what
// does instead.
var laterKinds = instead(map[string]string{
	"pulse_counter": "until then `count(rises(meter.closed))` counts the pulses of a `contact`, if they are slow.",
	"bme280 dht22 sht31 ds18b20 bh1750 ina219 scd41 analog_in": "until then something that speaks MQTT can stand between: take its readings with `mqtt_in`. " +
		"Or write the kind in Go, in a folder `go` beside the flow.",
	"pwm dimmer servo": "until then something that speaks MQTT can stand between: set it with `mqtt_level`.",
	"buzzer":           "until then a `gpio_out` switches a buzzer that sounds by itself.",
	"encoder serial serial_in serial_out tcp_in tcp_out udp_in udp_out ws_in ws_out modbus modbus_in modbus_out file_watch exec": "until then a kind of " +
		"your own can do it, in Go, in a folder `go` beside the flow.",
	"file_append": "until then `log` writes lines, and `sql_insert` rows.",
	"read_file":   "a file that is there when the program is built is `include_text(\"…\")`.",
	"csv_in":      "`mqtt_in` and `http_get` read lines with columns: `csv = …`.",
	"smtp email telegram telegram_in telegram_out ntfy": "until then `http_call` can ask a service that sends it.",
	"debug": "`log` writes a wire to the log, and `flowc run` shows them all.",
	"page gauge chart text light_indicator table html": "until then `mqtt_out` can tell it to a dashboard that listens to the broker, " +
		"and a `route` to a browser.",
	"toggle_switch slider number_input text_input choice press": "until then a dashboard that speaks MQTT can set it: take it with `mqtt_in`.",
})

// instead gives each of several kinds that stand together its own row.
func instead(rows map[string]string) map[string]string {
	each := map[string]string{}
	for kinds, text := range rows {
		for _, kind := range strings.Fields(kinds) {
			each[kind] = text
		}
	}
	return each
}
