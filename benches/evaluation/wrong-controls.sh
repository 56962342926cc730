#!/bin/sh
# Whether wrong controls give a probability, and whether a used work among right ones is named, over all nineteen families
# of drawn works: one hand of each, all weights, ten works, 100 draws of each at 64 pixels. What is finished is left as it
# is, and what was interrupted goes on. Wanted: p at most 0.05 in at most 5 % with controls of another family and
# 10 % with those of another hand, and the own hand refused in at most 3 %.
# usage: wrong-controls.sh OUT [PALIMPSEST]      FAMILIES: some of them; HANDS: hands of each (9500..9500)
set -eu
out=$1 palimpsest=${2:-palimpsest}
families=
for family in ${FAMILIES:-}; do families="$families --family $family"; done
# shellcheck disable=SC2086
exec "$palimpsest" lab wrong-controls --base demo $families --hands "${HANDS:-9500..9500}" --questioned 10 --controls 20 \
    --draws "${DRAWS:-100}" --resolution 64 --threads "${THREADS:-1}" --out "$out"
