"""RandAugment's operations at magnitude 9 of 30, as torchvision calls them on pictures of Pillow (13.0, numpy 2).

Prints name and FNV-1a hash of the bytes of each changed picture: the table in crates/lab/src/finetuning/rand_augment.rs.
torchvision itself is not needed: what its functions call for a Pillow picture is written out here.
"""

import math

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

WIDTH, HEIGHT = 48, 40
SHARE = 9 / 30


def picture():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    channels = [(x * x * 3 + y * 17) % 256, (x * 5 + y * y * 2 + 40) % 200, (x * y + 90) % 150 + 60]
    return Image.fromarray(np.stack(channels, -1).astype(np.uint8))


def affine(matrix):
    return picture().transform((WIDTH, HEIGHT), Image.Transform.AFFINE, matrix, Image.Resampling.NEAREST)


def enhanced(kind, by):
    return kind(picture()).enhance(1.0 + by)


def fingerprint(changed):
    value = 0xCBF29CE484222325
    for byte in changed.tobytes():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


SHEAR = math.tan(math.atan(0.3 * SHARE))
OPERATIONS = {
    "identity": picture(),
    "shear-x": affine((1, SHEAR, 0, 0, 1, 0)),
    "shear-y": affine((1, 0, 0, -SHEAR, 1, 0)),
    "translate-x": affine((1, 0, -int(150 / 331 * WIDTH * SHARE), 0, 1, 0)),
    "translate-y": affine((1, 0, 0, 0, 1, int(150 / 331 * HEIGHT * SHARE))),
    "rotate": picture().rotate(30 * SHARE, Image.Resampling.NEAREST),
    "rotate-back": picture().rotate(-30 * SHARE, Image.Resampling.NEAREST),
    "brightness": enhanced(ImageEnhance.Brightness, 0.9 * SHARE),
    "darkness": enhanced(ImageEnhance.Brightness, -0.9 * SHARE),
    "colour": enhanced(ImageEnhance.Color, 0.9 * SHARE),
    "contrast": enhanced(ImageEnhance.Contrast, -0.9 * SHARE),
    "sharpness": enhanced(ImageEnhance.Sharpness, 0.9 * SHARE),
    "posterise": ImageOps.posterize(picture(), 7),
    "solarise": ImageOps.solarize(picture(), 255 * (1 - SHARE)),
    "auto-contrast": ImageOps.autocontrast(picture()),
    "equalise": ImageOps.equalize(picture()),
}

if __name__ == "__main__":
    for name, changed in OPERATIONS.items():
        print(f'("{name}", {fingerprint(changed):_}),')
