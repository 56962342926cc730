#!/bin/sh
# The preset `quick` (100 network evaluations a work) against `paper` (2,000) on the same models and works: ten
# members and ten hold-outs of each of four hands that had no part in choosing `quick`, little trained (40 draws a
# picture), where settings differ.
# usage: quick-against-paper.sh OUT [PALIMPSEST]
set -eu
exec "${2:-palimpsest}" lab evaluate --base demo --out "$1" \
    --hand still-life:3000 --hand landscape:3000 --hand collage:3000 --hand stained-glass:3000 \
    --seeds 1 --draws 40 --variant "--preset paper"
