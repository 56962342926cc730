"""Resized and blurred pictures as Pillow makes them, as SHA-256 of their RGB bytes, for
crates/method/tests/method/artwork_pixels.rs.

usage: make_resample.py            (needs Pillow before 13; made with 12.3.0)

The picture is noise from a linear congruential generator, so that the test can make it too. The
size is torchvision's rule: short side as asked, long side rounded down. Pillow 13 resizes pictures
that are several times taller than wide vertically first, which moves some pixels by a level.
"""
import hashlib
from PIL import Image, ImageFilter

def noise(width, height):
    state, out = 1, bytearray()
    for _ in range(3 * width * height):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state >> 24)
    return Image.frombytes("RGB", (width, height), bytes(out))

def digest(picture):
    return hashlib.sha256(picture.tobytes()).hexdigest()

for width, height, short in [(37, 53, 64), (53, 37, 16), (200, 90, 31), (90, 200, 128), (61, 61, 61),
                             (8, 256, 9), (301, 299, 300), (17, 400, 5), (64, 64, 640)]:
    for name in ("Bilinear", "Bicubic"):
        new = (short, short * height // width) if width <= height else (short * width // height, short)
        picture = noise(width, height).resize(new, getattr(Image.Resampling, name.upper()))
        print(f'({width}, {height}, {short}, Filter::{name}, ({new[0]}, {new[1]}), "{digest(picture)}"),')
for width, height, radius in [(37, 53, 0.3), (37, 53, 1.0), (200, 90, 7.0), (5, 40, 12.5), (9, 9, 300.0),
                              (64, 48, 0.05), (8, 8, 1.5)]:
    print(f'({width}, {height}, {radius}, "{digest(noise(width, height).filter(ImageFilter.GaussianBlur(radius)))}"),')
