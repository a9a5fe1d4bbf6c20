setting limit {
  type    = C
  default = 25.C
}

setting poll {
  type    = duration
  default = 30.s
  range   = [1.s, 1.h]
}

setting names {
  type = string
}

secret pw {
  env = "PW"
}

mqtt home {
  url      = "tcp://192.168.1.10:1883"
  user     = names
  password = pw
  will {
    topic   = "status/dead"
    payload = "gone"
  }
}

type sample {
  temperature = F
  power       = optional(kW)
  tags        = list(string)
  inner       = { a = int, b = optional(number), c = string }
  count       = optional(int, 7)
  odd         = named("x-y z", number)
  up          = bool
  at          = time
  m           = map(number)
}

mqtt_in s {
  via   = home
  topic = "a/s"
  json  = sample
  stale = 5.min
}

mqtt_in r {
  via   = home
  topic = "house/{floor}/{room}/t"
  text  = C
  stale = 5.min
}

mqtt_in cmd {
  via   = home
  topic = "a/cmd"
  kind  = command
}

button b {
  pin = 5
}

contact win {
  pin = 6
}

hot       = s.temperature > limit
diff      = s.temperature - 20.C
scaled    = diff * 2
energy    = default(s.power, 1.kW) * 3.h
warm      = s.temperature + 2.K
ratio1    = s.inner.a / 3
x         = s.odd * 2 + 1
y         = s.odd / s.inner.a
z         = s.inner.a + 1
msg       = "T ${s.temperature} and ${s.inner.c} n=${s.inner.a} up=${s.up} at ${s.at}"
picked    = highest(where(r, r.floor == "ground"))
anyhot    = any_of(r > 30.C)
maxr      = highest(r)
avgr      = mean_of(r)
avgt      = average(s.temperature, 10.min)
lst       = [for t in s.tags : upper(t) if length(t) > 2]
cnt       = length(lst)
rec       = { t = s.temperature, n = cnt, ok = s.up ? "yes" : "no" }
tri       = s.up ? s.odd : 0
both      = win.open && hot
either    = win.open || hot
tog       = toggle(b.pressed)
cmdon     = latest(cmd, "none") == "go"
tr        = try(x / y, 0)
rdy       = ready(s)
ini       = initially(s.temperature, 20.C)
prev      = previous(s.odd, 0)
delta     = s.odd - prev
thin      = distinct(s.temperature)
tt        = throttle(s, 1.min)
quiet     = since(b.pressed) > 5.min
mrg       = merge(b.pressed, win_opened)
win_opened = rises(win.open)
cn        = count(mrg)
idx       = s.tags[0]
first_tag = default(idx, "none")
mm        = default(s.m["k"], 1)
msum      = sum(s.odd)
neg       = -s.odd
nn        = !s.up
ints      = s.inner.a % 3
eq        = s.inner.c == "a"
when1     = at(b.pressed, s.temperature)
smp       = sample(hot, 10.s)

heater h {
  pin    = 17
  on     = both || either && !tog && quiet
  max_on = 1.h
  safe   = off
}

led l {
  pin = 18
  on  = cmdon || rdy || tr > 3 || nn || eq
}

fan f {
  pin  = 19
  on   = any_of(hysteresis(r, { on_above = 25.C, off_below = 23.C })) || anyhot
  safe = off
}

light li {
  pin = 20
  on  = h.on && h.wanted
}

mqtt_out o {
  via   = home
  topic = "out/${s.inner.c}/x"
  send  = rec
}

mqtt_out o2 {
  via   = home
  topic = "out/room/${r.floor}/${r.room}"
  send  = r
}

mqtt_out o3 {
  via   = home
  topic = "out/tick"
  send  = { a = maxr, b = avgr, c = picked }
  when  = every(30.s)
}

mqtt_out o4 {
  via   = home
  topic = "out/msg"
  send  = msg
}

mqtt_out o5 {
  via   = home
  topic = "out/msg2"
  send  = at(b.pressed, cnt)
}

mqtt_out o6 {
  via   = home
  topic = "out/msg2"
  send  = s
}

mqtt_out o7 {
  via   = home
  topic = "out/lst"
  send  = lst
  when  = b.pressed
}

log lg {
  show = "e ${energy} w ${warm} r ${ratio1} y ${y} z ${z} ${avgt} ${tri} ${delta} ${scaled} ${first_tag} ${mm} ${msum} ${neg} ${ints} ${ini}"
}

log lg2 {
  show = thin
}

log lg3 {
  show = tt
}

log lg4 {
  show = cn
}

log lg5 {
  show = when1
}

log lg6 {
  show = smp
}

log lg7 {
  show = o.failed.message
}

log lg8 {
  show = s.meta.topic
}
log lg9 {
  show = home.connected
}
