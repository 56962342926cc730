#!/bin/sh
# What each setting of the preset `quick` does, and how it compares with `paper`: four members and four hold-outs of
# each of two hands that no other figure rests on (quick was chosen on landscape:4000, and not on botanical:4000).
# usage: settings.sh OUT [PALIMPSEST]
set -eu
exec "${2:-palimpsest}" lab evaluate --base demo --out "$1" \
    --hand landscape:4000 --hand botanical:4000 --seeds 1 --works 4 \
    --variant "--timesteps 200..700 --contrast 0.5" \
    --variant "--contrast 0" \
    --variant "--contrast 0.5" \
    --variant "--contrast 1" \
    --variant "--timesteps 1..999" \
    --variant "--timesteps 200..700" \
    --variant "--timesteps 500..999" \
    --variant "--start reencoded" \
    --variant "--noise independent" \
    --variant "--steps 25" \
    --variant "--budget 32" \
    --variant "--momentum 0.9" \
    --variant "--mask block:2" \
    --variant "--mask block:8" \
    --variant "--mask half" \
    --variant "--preset paper"
