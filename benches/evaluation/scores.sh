#!/bin/sh
# Which score decides best: models that are hard to read. Hands, works and splits are those of contrast.sh, whose two
# trainings (LoRA of rank 8 at 100 draws a picture, all weights at 40) are read beside those made here: all weights at
# 20 draws, and a LoRA of rank 4 at 40. All examined at contrast weight 1, of which the loss gap is independent.
# usage: scores.sh CONTRAST OUT [PALIMPSEST]      CONTRAST: the folder of contrast.sh
set -eu
contrast=$1 out=$2 palimpsest=${3:-palimpsest}
hands="--hand skyline:5100 --hand trees:5100 --hand sea:5100 --hand quilt:5100"
# shellcheck disable=SC2086 # the hands are several words
for training in "20-draws --draws 20" "lora-4 --lora 4 --draws 40"; do
    name=${training%% *}
    "$palimpsest" lab evaluate --base demo $hands --seeds 1 ${training#* } --contrast 1 \
        --threads "${THREADS:-0}" --out "$out/$name" >/dev/null
done
scores() { python3 "$(dirname "$0")/scores.py" "$@"; }
scores --cases case-contrast-1.0 "$contrast/lora-8" "$contrast/40-draws"
scores "$out/20-draws" "$out/lora-4"
