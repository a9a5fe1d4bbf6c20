package main

// The modules that the runtime needs are linked so that `go install` fetches them: a flow is then built without a
// network. The runtime itself is not linked.
import (
	_ "github.com/eclipse/paho.golang/packets"
	_ "github.com/jackc/pgx/v5/pgproto3"
	_ "github.com/mmcdole/gofeed"
	_ "go.etcd.io/bbolt"
	_ "modernc.org/sqlite/lib"
	_ "periph.io/x/host/v3/gpioioctl"
)
