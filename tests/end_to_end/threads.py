#!/usr/bin/env python3
"""Says what share of a run's CPU time the window takes, by the threads of the program.

    threads.py note PID FILE        notes the CPU time of every thread so far
    threads.py share BEFORE AFTER   what was spent from one note to the next, and by whom

The examination's threads are those that bear its name and the networks' pool. A software graphics driver
rasterises on threads of its own, which are counted apart: where there is a graphics card they have nothing
to do. All the rest is the window's: the thread that draws, pictures that are read, charts, and every thread
that has ended meanwhile.
"""

import json
import os
import sys

EXAMINATION = ("examination", "network ", "decoding")
DRIVER = ("llvmpipe", "lavapipe", "vk", "mesa", "WSI")


def ticks(path):
    with open(path) as file:
        stat = file.read()
    name = stat[stat.index("(") + 1 : stat.rindex(")")]
    fields = stat[stat.rindex(")") + 2 :].split()
    return name, int(fields[11]) + int(fields[12])


def note(pid, out):
    groups = {"examination": 0, "driver": 0, "drawing": 0, "others": 0}
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            name, spent = ticks(f"/proc/{pid}/task/{thread}/stat")
        except OSError:
            continue
        if thread == pid:
            groups["drawing"] += spent
        elif name.startswith(EXAMINATION):
            groups["examination"] += spent
        elif name.startswith(DRIVER):
            groups["driver"] += spent
    # With what threads spent that have ended.
    groups["others"] = ticks(f"/proc/{pid}/stat")[1] - sum(groups.values())
    with open(out, "w") as file:
        json.dump(groups, file)


def share(before, after):
    with open(before) as first, open(after) as last:
        first, last = json.load(first), json.load(last)
    hertz = os.sysconf("SC_CLK_TCK")
    spent = {name: (last[name] - first[name]) / hertz for name in last}
    window = spent["drawing"] + spent["others"]
    counted = window + spent["examination"]
    if spent["examination"] <= 0:
        sys.exit("the examination spent nothing: its threads were not found")
    print(
        f"CPU time of the run: {counted:.1f} s, of which the window's own {window:.1f} s = {100 * window / counted:.1f} % "
        f"(drawing {spent['drawing']:.1f} s, the rest {spent['others']:.1f} s); "
        f"the software driver's {spent['driver']:.1f} s are not counted"
    )


match sys.argv[1:]:
    case ["note", pid, out]:
        note(pid, out)
    case ["share", before, after]:
        share(before, after)
    case _:
        sys.exit(__doc__)
