#!/bin/sh
# Whether examination survives precautions on the pictures: works of one hand are changed by each precaution (8/255, 100
# steps of one level), the built-in model is fine-tuned on the changed members, and members and hold-outs are examined
# as they were before, and as they were published (hold-outs changed as well). The first row has no precaution. Printed: how
# the precaution moved the base model's loss on the members, how well members and hold-outs are told apart (AUC), and the
# loss gap (the base model's loss less the fine-tuned one's) in the mean over each.
# usage: protect.sh OUT [PALIMPSEST]
#   HAND: FAMILY:NUMBER (portrait:5300); WORKS: members, and as many hold-outs (10); STEPS: of the precaution (100);
#   DRAWS: draws a picture (100); EXAMINING: options of the examination; METHODS (none advdm aspl mist); THREADS (0)
set -eu
out=$1 palimpsest=${2:-palimpsest}
hand=${HAND:-portrait:5300} works=${WORKS:-10} steps=${STEPS:-100} draws=${DRAWS:-100} threads=${THREADS:-0}
family=${hand%:*} number=${hand#*:}
mkdir -p "$out"
draw() {
    [ -d "$out/$1" ] || {
        rm -rf "$out/$1.part"
        "$palimpsest" lab draw --out "$out/$1.part" --family "$family" --artist "$number" --works "$2" --side 128 >/dev/null
        mv "$out/$1.part" "$out/$1"
    }
}
draw members "0..$((works - 1))"
draw hold-outs "$works..$((2 * works - 1))"
for method in ${METHODS:-none advdm aspl mist}; do
    learnt=$out/members published=$out/hold-outs
    if [ "$method" != none ]; then
        for role in members hold-outs; do
            "$palimpsest" lab protect "$out/$role" --model demo --method "$method" --steps "$steps" --threads "$threads" \
                --out "$out/$method/$role" >/dev/null
        done
        learnt=$out/$method/members published=$out/$method/hold-outs
    fi
    model=$out/$method/model
    [ -e "$model/finetuning.json" ] ||
        "$palimpsest" lab finetune --base demo --pictures "$learnt" --draws "$draws" --threads "$threads" --out "$model" >/dev/null
    evaluate() {
        # shellcheck disable=SC2086 # options are several words
        [ -s "$out/$method/$1/works.json" ] || {
            "$palimpsest" lab evaluate --base demo --finetuned "$model" --members "$2" --hold-outs "$3" \
                ${EXAMINING:-} --threads "$threads" --out "$out/$method/$1" >/dev/null
        }
    }
    evaluate before "$out/members" "$out/hold-outs"
    [ "$method" = none ] || evaluate published "$learnt" "$published"
done
python3 - "$out" ${METHODS:-none advdm aspl mist} <<'PYTHON'
import json, pathlib, statistics, sys

root, methods = pathlib.Path(sys.argv[1]), sys.argv[2:]
scores = {"loss_gap": "by loss gap", "recovery.direction": "by direction", "similarity.structural": "by structure"}
print(f"{'precaution':12}{'examined as':14}{'base loss of members':24}" + "".join(f"{name:>14}" for name in scores.values())
      + f"{'gap, members':>15}{'hold-outs':>11}")
for method in methods:
    moved = ""
    record = root / method / "members" / "protect.json"
    if record.exists():
        pictures = json.loads(record.read_text())["pictures"]
        mean = lambda when: statistics.mean(picture[when]["denoising"] for picture in pictures)
        moved = f"{mean('before'):.4f} to {mean('after'):.4f}"
        assert all(picture["largest_change"] <= 8 for picture in pictures)
    for examined in ["before", "published"]:
        file = root / method / examined / "works.json"
        if not file.exists():
            continue
        works = [work for work in json.loads(file.read_text()) if "near_duplicate" not in work]
        of = lambda role, score: [work["scores"][score] for work in works if work["role"] == role and score in work["scores"]]
        def area(score):
            pairs = [(a, b) for a in of("member", score) for b in of("hold_out", score)]
            return sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs)
        gaps = [statistics.mean(of(role, "loss_gap")) for role in ("member", "hold_out")]
        print(f"{method:12}{examined:14}{moved:24}" + "".join(f"{area(score):14.3f}" for score in scores)
              + f"{gaps[0]:15.4f}{gaps[1]:11.4f}")
PYTHON
