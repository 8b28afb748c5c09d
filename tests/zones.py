"""Windows over every time zone, judged by zoneinfo: what tests/zones.rs compares Stopline's answers with.

Reads zone names, one a line. Prints one window a line, its parts between tabs:
    zone  start  minutes  one   start  end  local end  weekdays
    zone  start  minutes  two   earlier  later  change  end  local end  weekdays
    zone  start  minutes  none  change
Instants are seconds since the epoch. The same seed prints the same lines.
"""

import random
import sys
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1)
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def main(expected_release, count):
    try:
        import tzdata
        import zoneinfo
    except ImportError as error:
        sys.exit(f"this Python has no time zones to compare with: {error}")
    if tzdata.IANA_VERSION != expected_release:
        sys.exit(f"this Python has the time zones of {tzdata.IANA_VERSION}, not of {expected_release}")
    if zoneinfo.TZPATH:
        sys.exit("set PYTHONTZPATH to nothing: the system's time zones are not to be used")

    known = zoneinfo.available_timezones()
    names = sorted(name for name in sys.stdin.read().split("\n") if name in known)
    if not names:
        sys.exit("no zone name was given that this Python knows")
    rng = random.Random(20261127)
    for index in range(count):
        name = names[index % len(names)]
        print(name, *window(zoneinfo.ZoneInfo(name), rng), sep="\t")


def window(zone, rng):
    minutes = rng.choice([rng.randint(1, 180), rng.randint(1, 1440), rng.randint(1, 9 * 1440)])
    start = pick_start(zone, rng, minutes)
    head = [start.isoformat(), minutes]
    readings = sorted({start - offset(zone, start, fold) for fold in (0, 1)})
    valid = [reading for reading in readings if local(zone, reading) == start]
    if not valid:
        return head + ["none", seconds(change_between(zone, readings[0], readings[-1]))]
    end = valid[-1] + timedelta(minutes=minutes)
    tail = [seconds(end), local(zone, end).isoformat(), ",".join(touched(zone, valid[0], end))]
    if len(valid) == 1:
        return head + ["one", seconds(valid[0])] + tail
    change = change_between(zone, valid[0], valid[1])
    return head + ["two", seconds(valid[0]), seconds(valid[1]), seconds(change)] + tail


def pick_start(zone, rng, minutes):
    """A wall-clock time, near a change of clocks or near midnight more often than not."""
    year = rng.randint(1990, 2037)
    begin = datetime(year, 1, 1)
    instant = begin + timedelta(minutes=rng.randrange(365 * 1440))
    bias = rng.random()
    if bias < 0.8:
        samples = [begin + timedelta(days=3 * step) for step in range(122)]
        steps = [pair for pair in zip(samples, samples[1:]) if ahead(zone, pair[0]) != ahead(zone, pair[1])]
        if steps:
            change = change_between(zone, *rng.choice(steps))
            near = timedelta(minutes=rng.choice([-1, 0, 1, rng.randint(-59, 59), rng.randint(-200, 200)]))
            if bias < 0.15:
                return local(zone, change - timedelta(minutes=minutes) + near)
            before = ahead(zone, change - timedelta(seconds=1))
            return minute(change + rng.choice([before, ahead(zone, change)]) + near)
    start = local(zone, instant)
    if bias < 0.9:
        midnight = start.replace(hour=0, minute=0)
        return midnight + timedelta(minutes=rng.choice([0, 0, -minutes, -1, 1, rng.randint(-90, 90)]))
    return start


def touched(zone, start, end):
    """Every weekday that a clock shows: asked wherever a date can begin or end."""
    hours = int((end - start) / timedelta(hours=1)) + 1
    grid = [min(start + timedelta(hours=hour), end) for hour in range(hours + 1)]
    asked = set(grid[:-1])
    for left, right in zip(grid, grid[1:]):
        if ahead(zone, left) != ahead(zone, right):
            asked.add(change_between(zone, left, right))
    midnight = start.replace(hour=0, minute=0, second=0) - timedelta(days=1)
    for offset_used in {ahead(zone, instant) for instant in asked}:
        asked.update(midnight + timedelta(days=day) - offset_used for day in range(14))
    last = end - timedelta(seconds=1)
    days = {local(zone, instant).weekday() for instant in asked | {last} if start <= instant < end}
    return [DAYS[day] for day in sorted(days)]


def change_between(zone, left, right):
    """The first second at which clocks are ahead by something else than at `left`."""
    before = ahead(zone, left)
    while right - left > timedelta(seconds=1):
        middle = left + timedelta(seconds=(right - left) // timedelta(seconds=2))
        if ahead(zone, middle) == before:
            left = middle
        else:
            right = middle
    return right


def local(zone, instant):
    return instant.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None, fold=0)


def ahead(zone, instant):
    return local(zone, instant) - instant


def offset(zone, civil, fold):
    return civil.replace(tzinfo=zone, fold=fold).utcoffset()


def minute(civil):
    return civil.replace(second=0, microsecond=0)


def seconds(instant):
    return (instant - EPOCH) // timedelta(seconds=1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
