#!/bin/sh
# Every table here, made anew with the preset `quick` as it is, the most important first. What is finished is left as it
# is, and what was interrupted goes on.
# usage: all.sh OUT [PALIMPSEST]      SPLITS: splits of each hand (3); PAINTINGS: a folder of paintings of one hand
set -eu
out=$1 palimpsest=${2:-palimpsest}
here=$(dirname "$0")
hands="--hand still-life:3000 --hand landscape:3000 --hand collage:3000 --hand stained-glass:3000"
mkdir -p "$out"
evaluate() {
    name=$1
    shift
    [ -s "$out/$name.txt" ] || {
        "$palimpsest" lab evaluate --base demo "$@" --threads "${THREADS:-0}" --out "$out/$name" >"$out/$name.part"
        mv "$out/$name.part" "$out/$name.txt"
    }
}
made() {
    name=$1
    shift
    [ -s "$out/$name.txt" ] || {
        "$@" >"$out/$name.part"
        mv "$out/$name.part" "$out/$name.txt"
    }
}
splits="--seeds ${SPLITS:-3}"
made contrast "$here/contrast.sh" "$out/contrast" "$palimpsest"
made scores "$here/scores.sh" "$out/contrast" "$out/scores" "$palimpsest"
# shellcheck disable=SC2086 # hands and splits are several words
evaluate four-hands-lora $hands $splits --lora 8
# shellcheck disable=SC2086
evaluate four-hands $hands $splits
made innocents "$here/innocents.sh" "$out/four-hands" "$out/innocents" "$palimpsest"
# shellcheck disable=SC2086
evaluate four-hands-40-draws $hands $splits --draws 40
made settings "$here/settings.sh" "$out/settings" "$palimpsest"
made quick-against-paper "$here/quick-against-paper.sh" "$out/quick-against-paper" "$palimpsest"
[ -z "${PAINTINGS:-}" ] || evaluate paintings --pictures "$PAINTINGS"
