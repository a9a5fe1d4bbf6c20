# Lambdas, comprehensions and functions inside one another, with what fails and what
# is not ready in the midst of them: a seed for the fuzzers of what checks, compiles.

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

enum mode {
  values = [off, eco, boost]
}

variant order {
  stop = {}
  run  = { level = pct, rooms = list(string) }
}

type room {
  name = string
  t    = C
  n    = int
  b    = optional(V)
  mode = mode
  l    = list(number)
  r    = { x = number, y = optional(int) }
}

mqtt_in a {
  via   = home
  topic = "a"
  json  = { rooms = list(room), m = map(number), t = C, n = int, s = string, mode = mode, at = time }
  stale = 1.h
}

mqtt_in orders {
  via   = home
  topic = "orders/{floor}"
  kind  = command
  json  = tagged("type", order)
}

function warmest {
  params = { rooms = list(room), above = C }
  warm   = [for r in rooms : r if r.t > above]
  sorted = sort_by(warm, it.t)
  result = default(last(sorted), rooms[0] == null ? fail("no rooms") : default(first(rooms), fail("none")))
}

function shares {
  params = { xs = list(number), whole = number }
  parts  = [for x in xs : x / whole]
  result = { most = default(largest(parts), 0), all = all(parts, it <= 1.0), n = count_if(xs, it > default(mean(xs), 0)) }
}

function names {
  params = { rooms = list(room), sep = optional(string, ", ") }
  result = join([for i, r in rooms : "${i}: ${upper(r.name)}${r.b != null ? " ${r.b}" : ""}"], sep)
}

function level_of {
  params = { o = order }
  result = match(o, {
    stop = 0.pct
    run  = it.level + as(length(it.rooms), pct)
  })
}

function deep {
  params = { m = map(number), k = string }
  inner  = { for name, v in m : "${name}!" => [for i in range(0, 3) : v * i if i > 0] }
  result = default(get(inner, k), [0])
}

best      = try(warmest(a.rooms, 18.C).name, "nobody")
shared    = shares([for r in a.rooms : in(r.t, C)], in(a.t, C))
said      = names(a.rooms)
by_mode   = group_by(a.rooms, to_string(it.mode))
counts    = { for k, v in by_mode : k => length(v) }
any_eco   = any(a.rooms, it.mode == eco && it.t > a.t)
nested    = [for r in a.rooms : [for x in r.l : x * r.n if x > mean_or_zero(r.l)]]
flat      = flatten(nested)
found     = find(a.rooms, it.n == a.n && any(it.l, it > 3))
found_t   = default(found, { name = "", t = 0.C, n = 0, b = null, mode = off, l = [], r = { x = 0, y = null } }).t
pairs     = zip(a.rooms, flat)
spread    = [for p in pairs : "${p.first.name} ${p.second}"]
unique_r  = unique_by(a.rooms, it.r.x)
keyed     = to_map(unique_r, it.name, it.r)
y_of      = [for k, v in keyed : v.y != null ? v.y + 1 : -1]
tested    = [for r in a.rooms : r == found_r]
found_r   = default(found, a.rooms[0] != null ? a.rooms[0] : fail("none"))
made      = [for r in a.rooms : r.mode == off ? order.stop : order::run({ level = as(r.n, pct), rooms = [r.name] })]
levels    = [for o in made : level_of(o)]
asked     = level_of(orders) > 30.pct && all(a.rooms, it.t > 3.C && it.n > a.n)
listened  = pipe(orders, where(level_of(it) > 3.pct))
entries   = { "x y" = a.n, z = length(a.rooms) }
same      = entries == counts
stamped   = at(every(1.min), [for r in a.rooms : { id = uuid(), name = r.name, age = now() - a.at }])

function mean_or_zero {
  params = { l = list(number) }
  result = default(mean(l), 0)
}

log all {
  show = {
    best = best, shared = shared, said = said, counts = counts, any_eco = any_eco, flat = flat, t = found_t
    spread = spread, y = y_of, tested = tested, levels = levels, same = same, d = deep(a.m, a.s)
    keys = keys({ for k, v in entries : k => v if v > 3 })
  }
}

log some {
  show = where(listened, asked)
}

log stamps {
  show = stamped
}

log texts {
  show = "%{ for r in a.rooms }${r.name} %{ if r.b != null }(${r.b})%{ else }-%{ endif } %{ endfor }"
}
