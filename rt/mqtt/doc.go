// Package mqtt is the MQTT 5 side of a flow: the connection to a broker, what
// comes in and what goes out. Packets are carried by paho's core client; when to
// connect, acknowledge, order and send again is decided here.
//
//flow:opens network
package mqtt
