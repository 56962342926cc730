#!/bin/sh
# What the pretrained model does by itself, taken out of the contrast: projected out at every step, as the preset
# `quick` does; weighed alike, as `paper` does; and weighed with 0.75, as `quick` did before, where identical models do
# not cancel. Four hands of families that no other table here has, chosen before the first run, one split of ten members
# and ten hold-outs each: with a LoRA of rank 8, and with all weights little trained (40 draws a picture). Models and
# works are the same for all three.
# usage: contrast.sh OUT [PALIMPSEST]
set -eu
out=$1 palimpsest=${2:-palimpsest}
hands="--hand skyline:5100 --hand trees:5100 --hand sea:5100 --hand quilt:5100"
# shellcheck disable=SC2086 # the hands are several words
for training in "lora-8 --lora 8" "40-draws --draws 40"; do
    name=${training%% *}
    "$palimpsest" lab evaluate --base demo $hands --seeds 1 ${training#* } --variant "--contrast 1" --variant "--contrast 0.75" \
        --threads "${THREADS:-0}" --out "$out/$name"
done
