#!/bin/sh
# The validation dossier of the built-in model that comes with the program: models fine-tuned from `demo` as
# `demo-finetuned` was (all weights, ten works, 100 draws of each), on hands that nothing else was measured on. What is
# finished is left as it is, and what was interrupted goes on. The dossier is OUT/dossier.json; in the program it is
# crates/record/src/validation/demo-all-weights.json.
# usage: validation.sh OUT [PALIMPSEST]      FAMILIES: kinds of pictures; HANDS: hands of each (9000..9000)
set -eu
out=$1 palimpsest=${2:-palimpsest}
families=
for family in ${FAMILIES:-portrait landscape still-life}; do families="$families --family $family"; done
# shellcheck disable=SC2086
exec "$palimpsest" lab validate --base demo $families --hands "${HANDS:-9000..9000}" --works 10 --questioned 10 \
    --controls 19 --outputs 7 --threads "${THREADS:-1}" --out "$out"
