#!/bin/sh
# Prints all figures of a graphics card: the report of its test, and a step of ours against PyTorch's in each
# precision, eager and compiled. Needs what against_pytorch.py needs, and a release build of the program.
set -e
cd "$(dirname "$0")/.."
cargo build --locked --release
target/release/palimpsest gpu-check
for size in 32 64; do
    for precision in fp32 tf32 fp16; do
        python3 benches/against_pytorch.py --device gpu --size $size --precision $precision --json
        python3 benches/against_pytorch.py --device gpu --size $size --precision $precision --compile --json
    done
done
