#!/bin/sh
# How often an innocent work is accused: works of hands that models were fine-tuned on, none of them used, each
# examined among 20 negative controls of the same hand. The models are those of an evaluation (four-hands.txt).
# usage: innocents.sh EVALUATION OUT [PALIMPSEST]      EVALUATION: the folder of `lab evaluate --hand …`
set -eu
evaluation=$1 out=$2 palimpsest=${3:-palimpsest}
mkdir -p "$out"
for set in "$evaluation"/*-s[0-9]; do
    name=$(basename "$set")
    hand=${name%-s*} seed=${name##*-s}
    family=${hand%-*} artist=${hand##*-}
    # Numbers that no split of the evaluation has: controls and questioned works of a set are its alone.
    first=$((100 + 100 * seed))
    [ -d "$out/$name/controls" ] || "$palimpsest" lab draw --out "$out/$name/controls" --family "$family" \
        --artist "$artist" --works "$first..$((first + 19))" --side 128
    [ -d "$out/$name/works" ] || "$palimpsest" lab draw --out "$out/$name/works" --family "$family" \
        --artist "$artist" --works "$((first + 20))..$((first + 44))" --side 128
    if [ -e "$out/$name/case/case.json" ]; then
        "$palimpsest" resume "$out/$name/case" >/dev/null
    else
        "$palimpsest" examine "$out/$name/works"/*.png --controls "$out/$name/controls" \
            --declare "drawn for this experiment, used in no model" --pretrained demo \
            --finetuned "$set/model" --preset quick --threads "${THREADS:-0}" --out "$out/$name/case" >/dev/null
    fi
done
python3 - "$out" <<'PYTHON'
import json, pathlib, statistics, sys

accused = judged = refused = 0
rates = []
for case in sorted(pathlib.Path(sys.argv[1]).glob("*/case/assessment.json")):
    works = json.loads(case.read_text())["verdict"]["works"]
    values = [work["p_value"]["evaluated"]["value"] for work in works if "evaluated" in work["p_value"]]
    below = sum(value <= 0.05 for value in values)
    print(f"{case.parent.parent.name:24} {below:3} of {len(values):3} accused at 5 %, {len(works) - len(values)} not evaluated")
    accused, judged, refused = accused + below, judged + len(values), refused + len(works) - len(values)
    rates.append(below / max(len(values), 1))
print(f"{'all':24} {accused:3} of {judged:3} = {accused / max(judged, 1):.3f}, {refused} not evaluated")
if len(rates) > 1:
    # Works of a set share their controls, so that a set and not a work is the unit.
    spread = statistics.stdev(rates) / len(rates) ** 0.5
    t = {2: 12.71, 3: 4.30, 4: 3.18, 6: 2.57, 8: 2.36, 9: 2.31, 10: 2.26, 11: 2.23, 12: 2.20}.get(len(rates), 2.0)
    mean = statistics.mean(rates)
    print(f"mean of {len(rates)} sets: {mean:.3f}, 95 % interval {max(mean - t * spread, 0):.3f} to {mean + t * spread:.3f}; "
          f"20 controls make it 1/21 = {1 / 21:.3f} if the works are exchangeable")
PYTHON
