#!/bin/sh
# Whether stated rates hold: works that were not used, of the hand that a model was fine-tuned on, ranked by the loss gap
# among 99 works of their hand (1 %) and among 20 at a time (5 %), with noises of each work's own. 95 small models: five
# hands of each of nineteen families, pictures of 64 pixels a side, 20 draws a picture. What is finished is left as it is,
# and what was interrupted goes on.
# usage: rates.sh OUT [PALIMPSEST]      HANDS: hands of each family (8000..8004); REPORT_ONLY=1: of what is there
set -eu
out=$1 palimpsest=${2:-palimpsest}
mkdir -p "$out"
[ -n "${REPORT_ONLY:-}" ] || "$palimpsest" lab wrong-controls --base demo --own-only --hands "${HANDS:-8000..8004}" \
    --controls 99 --questioned 25 --draws 20 --resolution 64 --threads "${THREADS:-1}" --out "$out/sets" >"$out/own.txt"
python3 - "$out/sets" <<'PYTHON'
import json, math, pathlib, random, statistics, sys

GROUP, ASKED = 20, 6
models = []
for file in sorted(pathlib.Path(sys.argv[1]).glob("*/gaps.json")):
    record = json.loads(file.read_text())
    (group, controls), = record["controls"]
    models.append(tuple([work["gap"] for work in part["works"]] for part in (record["questioned"], controls)))


def p_value(score, controls):
    return (1 + sum(other >= score for other in controls)) / (1 + len(controls))


def report(name, sets, limit):
    """Sets: [p-values]. Works of a set share their controls, so that a set and not a work is the unit."""
    shares = [sum(p <= limit for p in values) / len(values) for values in sets]
    mean = statistics.mean(shares)
    reach = 1.96 * statistics.stdev(shares) / len(shares) ** 0.5 if len(shares) > 1 else float("nan")
    called = sum(p <= limit for values in sets for p in values)
    works = sum(map(len, sets))
    print(f"{name}: {called} of {works} works in {len(sets)} sets: {100 * mean:.2f} % (95 % interval by the sets "
          f"{100 * max(mean - reach, 0):.2f} to {100 * (mean + reach):.2f})")


def kolmogorov(name, sets, controls):
    """Uniformity of the ranks, each spread evenly over its step by a fixed draw: of one work of each set, since works of
    a set share controls and are not independent."""
    chance = random.Random(1)
    values = sorted(values[0] - chance.random() / (controls + 1) for values in sets)
    n = len(values)
    distance = max(max((i + 1) / n - v, v - i / n) for i, v in enumerate(values))
    root = (math.sqrt(n) + 0.12 + 0.11 / math.sqrt(n)) * distance
    p = 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * root) ** 2) for k in range(1, 101))
    print(f"{name}: Kolmogorov and Smirnov's distance of {n} ranks from uniform {distance:.3f}, p = {min(max(p, 0), 1):.2f}")


if not models:
    sys.exit("no model is finished yet")
many = [[p_value(score, controls) for score in questioned] for questioned, controls in models]
few = []
for questioned, controls in models:
    for place in range(min(len(controls) // GROUP, len(questioned) // ASKED)):
        among = controls[place * GROUP : (place + 1) * GROUP]
        few.append([p_value(score, among) for score in questioned[place * ASKED : (place + 1) * ASKED]])
print(f"{len(models)} models, {sum(len(q) + len(c) for q, c in models)} works measured")
report("at 1 %, 99 controls", many, 0.01 + 1e-12)
report("at 5 %, 99 controls", many, 0.05 + 1e-12)
report("at 5 %, 20 controls (1/21 = 4.76 % if ranks are uniform)", few, 0.05)
kolmogorov("99 controls", many, 99)
kolmogorov("20 controls", few, 20)
PYTHON
