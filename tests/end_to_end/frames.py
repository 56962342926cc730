#!/usr/bin/env python3
"""Says what the frames of a run cost, from the file that PALIMPSEST_TRACE_FRAMES named.

    frames.py FILE

The CPU time is that of the thread that draws: the window's own work, its layout and the commands to the
driver. A software driver draws on threads of its own, whose time is not in it. The time by the clock is
longer, the more others use the cores.
"""

import csv
import sys
from statistics import mean


def figures(name, values):
    if not values:
        sys.exit(f"no frame of a run has {name}")
    high = sorted(values)[int(0.95 * (len(values) - 1))]
    print(f"{name}: mean {mean(values):.2f}, 95th percentile {high:.2f}, maximum {max(values):.2f} ms")


if len(sys.argv) != 2:
    sys.exit(__doc__)
with open(sys.argv[1], newline="") as file:
    frames = [frame for frame in csv.DictReader(file, delimiter="\t") if frame["running"] == "1"]
if len(frames) < 10:
    sys.exit(f"only {len(frames)} frames were drawn during the run")
seconds = (float(frames[-1]["at_ms"]) - float(frames[0]["at_ms"])) / 1e3
print(f"frames during the run: {len(frames)}, {len(frames) / seconds:.1f} a second")
figures("CPU time of a frame", [float(f["cpu_ms"]) for f in frames if f["cpu_ms"] != "-"])
figures("the same by the clock", [float(f["took_ms"]) for f in frames if f["took_ms"] != "-"])
