"""Structural similarities as scikit-image computes them, for
crates/method/tests/method/structural.rs.

usage: make_structural.py          (needs scikit-image and Pillow; made with 0.26.0 and 13.0.0)
"""
import os
import numpy as np
from PIL import Image
from skimage.metrics import structural_similarity

here = os.path.dirname(os.path.abspath(__file__))

def similarity(a, b):
    return float(structural_similarity(np.asarray(a), np.asarray(b), gaussian_weights=True, sigma=1.5,
                                       use_sample_covariance=False, data_range=255, channel_axis=-1))

def noise(width, height, state):
    out = bytearray()
    for _ in range(3 * width * height):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state >> 24)
    return Image.frombytes("RGB", (width, height), bytes(out))

for family in ("sd1", "sd2"):
    prepared = Image.open(f"{here}/{family}/artwork_prepared_128.png")
    for name in ("artwork_blurred_128", "partial", "recovered"):
        print(f'("{family}", "{name}", {similarity(prepared, Image.open(f"{here}/{family}/{name}.png"))!r}),')
for width, height in ((11, 11), (40, 23)):
    print(f"({width}, {height}, {similarity(noise(width, height, 1), noise(width, height, 2))!r}),")
