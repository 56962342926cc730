#!/bin/sh
# How the preset `quick` was chosen, and what each of its settings does: one experiment on hands that no
# other figure rests on. usage: settings.sh OUT [PALIMPSEST]
set -eu
exec "${2:-palimpsest}" lab evaluate --base demo --out "$1" \
    --hand landscape:4000 --hand botanical:4000 --seeds 1 --works 5 \
    --variant "--preset paper" \
    --variant "--steps 25" \
    --variant "--steps 100" \
    --variant "--start reencoded" \
    --variant "--contrast 0" \
    --variant "--contrast 0.75" \
    --variant "--contrast 1" \
    --variant "--budget 8" \
    --variant "--budget 32" \
    --variant "--timesteps 1..999" \
    --variant "--timesteps 1..300" \
    --variant "--timesteps 500..999" \
    --variant "--noise independent" \
    --variant "--momentum 0.9" \
    --variant "--mask block:2" \
    --variant "--mask block:8" \
    --variant "--mask half" \
    --variant "--mask blur"
