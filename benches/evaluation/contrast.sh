#!/bin/sh
# The weight of the pretrained model in the contrast: 1, at which identical models cancel to the bit, against 0.75, which
# the preset `quick` had before. Four hands of families that no other table here has, chosen before the first run, one
# split of ten members and ten hold-outs each: with a LoRA of rank 8, and with all weights little trained (40 draws a
# picture). Models and works are the same for both weights.
# usage: contrast.sh OUT [PALIMPSEST]
set -eu
out=$1 palimpsest=${2:-palimpsest}
hands="--hand skyline:5100 --hand trees:5100 --hand sea:5100 --hand quilt:5100"
# shellcheck disable=SC2086 # the hands are several words
for training in "lora-8 --lora 8" "40-draws --draws 40"; do
    name=${training%% *}
    "$palimpsest" lab evaluate --base demo $hands --seeds 1 ${training#* } --contrast 1 --variant "--contrast 0.75" \
        --threads "${THREADS:-0}" --out "$out/$name"
done
