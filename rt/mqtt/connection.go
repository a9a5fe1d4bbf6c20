package mqtt

import (
	"context"
	"errors"
	"time"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/paho"
)

// publishDeadline is how long the broker may take to answer a publish or a
// subscription. Then the connection is dropped, and everything unconfirmed goes
// over the next one: nothing is published twice on one connection.
const publishDeadline = 10 * time.Second

// repeatLog is how often the same trouble is logged again.
const repeatLog = time.Minute

// login is what a client tells a broker of itself.
type login struct {
	_             [0]func() // nobody compares two
	clientID      string
	user          string
	password      flow.Secret
	keepAlive     time.Duration
	sessionExpiry time.Duration
	clean         bool
	will          *paho.WillMessage
}

// connection keeps a link to one broker: it connects, waits for the end, and
// connects again, until it is stopped.
type connection struct {
	*session
	at    address
	dial  Dial
	login login
	wait  backoff
	// ownWill says that the flow wrote the will; wills counts the actuators that
	// would leave one.
	ownWill bool
	wills   int
	cancel  context.CancelFunc
	gone    chan struct{}

	// told and toldAt keep the same trouble from filling the log.
	told   string
	toldAt time.Duration
}

// leaveWill makes w the connection's will, if it has none of its own and nobody
// else asks for one: a connection has only one, and half of the actuators safe is
// worse than a rule that one can remember. Called before the connection starts.
func (c *connection) leaveWill(w *paho.WillMessage) {
	c.wills++
	switch {
	case c.wills == 1 && c.login.will == nil:
		c.login.will = w
	case c.wills == 2 && !c.ownWill:
		c.login.will = nil
	}
}

// start begins to connect; what is to be subscribed must be known by now.
func (c *connection) start() {
	if b := simulated(); b != nil {
		b.join(c.session)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel, c.gone = cancel, make(chan struct{})
	go c.run(ctx)
}

// close says goodbye and waits until that is done or limit has passed.
func (c *connection) close(limit time.Duration) {
	if c.cancel == nil {
		return
	}
	c.cancel()
	alarm := c.clock.NewTimer(limit)
	defer alarm.Stop()
	select {
	case <-c.gone:
	case <-alarm.C():
	}
}

func (c *connection) run(ctx context.Context) {
	defer close(c.gone)
	for ctx.Err() == nil {
		began := c.clock.Mono()
		err := c.once(ctx)
		if ctx.Err() != nil {
			return
		}
		if c.clock.Mono()-began >= settled {
			c.wait.reset()
		}
		var floor time.Duration
		var why *lost
		if errors.As(err, &why) && patient(why.code) {
			floor = backoffFloor
		}
		if err == errOverrun {
			c.wait.reset()
		}
		pause := c.wait.next(floor)
		alarm := c.clock.NewTimer(pause) // before anybody hears of it: a test steps the clock then
		c.complain(err, pause)
		select {
		case <-ctx.Done():
		case <-alarm.C():
		}
		alarm.Stop()
	}
}

// once is one connection from its beginning to its end, and why it ended.
func (c *connection) once(ctx context.Context) error {
	l := newLink(c.session)
	client, err := connect(ctx, c.clock, c.dial, c.at, c.login, l)
	if err != nil {
		return err
	}
	if c.told != "" {
		c.log(flow.LevelInfo, "connected to the broker at "+c.at.hostPort)
		c.told = ""
	}
	c.watch(ctx, client, l)
	if ctx.Err() != nil {
		c.farewell(client, l)
	}
	<-client.Done()
	cause := l.w.cause()
	l.w.kill(errStopped)
	if cause == nil {
		cause = &lost{text: "closed the connection"}
	}
	return cause
}

// watch waits for the end of a link, and ends it when the broker owes an answer
// for too long.
func (c *connection) watch(ctx context.Context, client *paho.Client, l *link) {
	for {
		late := c.overdue(l)
		if late >= publishDeadline {
			l.w.kill(&lost{text: "does not confirm what it was sent within " + seconds(publishDeadline)})
		}
		alarm := c.clock.NewTimer(max(publishDeadline-late, time.Millisecond))
		select {
		case <-client.Done():
			alarm.Stop()
			return
		case <-ctx.Done():
			alarm.Stop()
			return
		case <-l.renew:
			alarm.Stop()
			l.w.fail(errOverrun)
			client.Disconnect(&paho.Disconnect{})
			return
		case <-alarm.C():
		}
	}
}

// farewellLimit is how long stopping waits for the broker.
const farewellLimit = time.Second

// farewell says that the program goes, and goes.
func (c *connection) farewell(client *paho.Client, l *link) {
	c.mu.Lock()
	var last *delivery
	if c.availability != "" && c.link == l {
		last = l.announce("offline")
	}
	c.mu.Unlock()
	if last != nil {
		alarm := c.clock.NewTimer(farewellLimit)
		select {
		case <-last.over:
		case <-client.Done():
		case <-alarm.C():
		}
		alarm.Stop()
	}
	client.Disconnect(&paho.Disconnect{})
}

// complain logs why there is no connection, not too often.
func (c *connection) complain(err error, pause time.Duration) {
	text := err.Error()
	now := c.clock.Mono()
	if text == c.told && now-c.toldAt < repeatLog {
		return
	}
	c.told, c.toldAt = text, now
	c.log(flow.LevelWarning, "the broker at "+c.at.hostPort+" "+text+"; trying again in "+seconds(pause))
}
