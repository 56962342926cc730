#!/usr/bin/env python3
"""Packs the weights of the built-in models as the program carries them (crates/method/src/models/packing.rs): zlib over
the low bytes of all 16-bit words and then their high bytes, of the fine-tuned model the differences from the pretrained
one's words.

usage: pack.py DEMO DEMO_FINETUNED: folders as `palimpsest lab` makes them; writes beside this file."""

import hashlib
import sys
import zlib
from pathlib import Path

import numpy as np

UNET = "unet/diffusion_pytorch_model.safetensors"
DEMO = [UNET, "vae/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"]


def words(file):
    return np.frombuffer(file.read_bytes(), dtype="<u2")


def pack(folder, path, before=None):
    all_words = words(folder / path)
    differences = all_words if before is None else all_words - before
    parted = np.frombuffer(differences.tobytes(), dtype=np.uint8).reshape(-1, 2).T.tobytes()
    out = Path(__file__).parent / folder.name / (path + ".packed")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(zlib.compress(parted, 9))
    print(hashlib.sha256((folder / path).read_bytes()).hexdigest(), folder.name + "/" + path)


demo, finetuned = (Path(folder) for folder in sys.argv[1:3])
for path in DEMO:
    pack(demo, path)
pack(finetuned, UNET, words(demo / UNET))
