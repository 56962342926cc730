#!/bin/sh
# What becomes of an examination where a training program read the files in another way than people see them: ten works
# of each of two hands that no other figure rests on, fine-tuned on as plain copies of what their files store, and ten
# of each that were not. Examined as seen and as stored, in four forms; printed is the AUC by the loss gap.
# usage: readings.sh OUT [PALIMPSEST]; needs python3
set -eu
here=$(dirname "$(readlink -f "$0")")
out=$1
program=${2:-palimpsest}
draw() { "$program" lab draw --out "$1" --family "$2" --artist 4100 --works "$3" --side 128 >/dev/null; }
gap() { # CASE USED UNUSED READING
    "$program" examine "$2"/* --pretrained demo --finetuned "$model" --controls "$3" --declare drawn \
        --steps 1 --reading "$4" --out "$1" >/dev/null 2>&1
    python3 "$here/readings.py" auc "$1"
}
for family in still-life collage; do
    place=$out/$family
    mkdir -p "$place"
    draw "$place/used" "$family" 0..9
    draw "$place/unused" "$family" 50..59
    model=$place/model
    "$program" lab finetune --base demo --pictures "$place/used" --out "$model" >/dev/null 2>&1
    python3 "$here/readings.py" make "$place/used" "$place/used-as"
    python3 "$here/readings.py" make "$place/unused" "$place/unused-as"
    for difference in orientation profile opacity inks; do
        for reading in as-seen as-stored; do
            case=$place/case-$difference-$reading
            auc=$(gap "$case" "$place/used-as/$difference" "$place/unused-as/$difference" $reading)
            echo "$family:4100 $difference $reading $auc"
        done
    done
done
