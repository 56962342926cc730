#!/bin/sh
# How often a published variant stands out among its sealed siblings: twenty works of one hand, twenty variants of each
# sealed; a model is fine-tuned on the published variants of the first ten works, and the published variant of each of
# the twenty is ranked by the loss gap. Ranks of the ten that were not used are what chance gives.
# usage: siblings.sh OUT [PALIMPSEST]      TRAINING: options of the fine-tuning; EXAMINING: of the examinations
set -eu
out=$1 palimpsest=${2:-palimpsest}
mkdir -p "$out/published"
[ -d "$out/works" ] || "$palimpsest" lab draw --family sea --artist 8100 --works 0..19 --out "$out/works"
number=0
for work in "$out"/works/*.png; do
    number=$((number + 1))
    name=$(printf %02d "$number")
    [ -s "$out/sealed-$name/sealed.json" ] || {
        rm -rf "$out/sealed-$name"
        drawn=$("$palimpsest" seal "$work" --out "$out/sealed-$name" | sed -n 's/^publish *//p')
        [ "$number" -gt 10 ] || cp "$drawn" "$out/published/$name.png"
    }
done
# shellcheck disable=SC2086 # options are several words
[ -d "$out/model/unet" ] || [ -f "$out/model/lora.safetensors" ] ||
    "$palimpsest" lab finetune --base demo --pictures "$out/published" --out "$out/model" --threads "${THREADS:-0}" ${TRAINING:-} >/dev/null
for sealed in "$out"/sealed-*; do
    name=${sealed##*-}
    case=$out/case-$name
    [ -s "$case.json" ] || {
        rm -rf "$case"
        # shellcheck disable=SC2086
        "$palimpsest" examine "$sealed"/variant-*.png --pretrained demo --finetuned "$out/model" --out "$case" --steps 1 \
            --threads "${THREADS:-0}" ${EXAMINING:-} >/dev/null
        "$palimpsest" siblings "$case" --seal "$sealed/sealed.json" --json >"$case.part"
        mv "$case.part" "$case.json"
    }
    rank=$(sed -n 's/.*"rank": *\([0-9]*\).*/\1/p' "$case.json")
    case $name in
    0? | 10) echo "work $name, published and used: rank $rank of 20" ;;
    *) echo "work $name, published and not used: rank $rank of 20" ;;
    esac
done
