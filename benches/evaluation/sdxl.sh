#!/bin/sh
# Whether a small model of Stable Diffusion XL's structure (two text encoders, the vector of the prompt, the sizes of the
# picture) tells ten members from ten hold-outs as the demonstration does: made from nothing, fine-tuned on ten works of
# each of two hands with all weights and by a LoRA of rank 8, examined with the preset `quick`. Neither hand was used to
# choose anything. The model is made first, unless BASE names one.
# usage: sdxl.sh OUT [PALIMPSEST]      PRETRAINING: options of the pretraining; DRAWS: draws a picture (100)
set -eu
out=$1 palimpsest=${2:-palimpsest}
mkdir -p "$out"
base=${BASE:-$out/base}
if [ -z "${BASE:-}" ] && [ ! -s "$out/base.done" ]; then
    # shellcheck disable=SC2086 # options are several words
    "$palimpsest" lab pretrain --structure sdxl --out "$base" --threads "${THREADS:-0}" \
        ${PRETRAINING:---artists 60 --works 12 --autoencoder-steps 3000 --steps 4000}
    touch "$out/base.done"
fi
for training in "all-weights" "lora-8 --lora 8"; do
    name=${training%% *}
    options=${training#"$name"}
    echo "$name"
    # shellcheck disable=SC2086
    "$palimpsest" lab evaluate --base "$base" --hand rings:5200 --hand botanical:5200 --seeds 1 \
        --draws "${DRAWS:-100}" $options --threads "${THREADS:-0}" --out "$out/$name"
done
