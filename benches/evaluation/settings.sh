#!/bin/sh
# What each setting of the preset `quick` does: ten members and ten hold-outs of each of two hands that no other
# figure rests on, little trained (40 draws a picture), where settings differ. `quick` was chosen on landscape:4000
# among others, and not on botanical:4000; quick-against-paper.sh compares it on hands that had no part in it.
# usage: settings.sh OUT [PALIMPSEST]
set -eu
exec "${2:-palimpsest}" lab evaluate --base demo --out "$1" \
    --hand landscape:4000 --hand botanical:4000 --seeds 1 --draws 40 \
    --variant "--timesteps 200..700 --contrast 0.5" \
    --variant "--contrast 0" \
    --variant "--contrast 0.5" \
    --variant "--contrast 0.75" \
    --variant "--timesteps 1..999" \
    --variant "--timesteps 200..700" \
    --variant "--timesteps 500..999" \
    --variant "--start reencoded" \
    --variant "--noise independent" \
    --variant "--steps 25" \
    --variant "--steps 100" \
    --variant "--budget 32" \
    --variant "--momentum 0.9" \
    --variant "--mask block:2" \
    --variant "--mask block:8" \
    --variant "--mask half" \
    --variant "--mask blur"
