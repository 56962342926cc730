"""Holds the program's reading of any folder of pictures against Pillow's with Little CMS, and lists the differences.

    python tests/pictures/check_corpus.py FOLDER [OUT]

Needs Pillow and numpy. Runs `cargo test --test method corpus -- --ignored`, which reads every file of FOLDER as
the program does, then opens each with Pillow: upright, over white, by its profile to sRGB. Prints one line for
each file that differs by more than two levels in the mean, that only one of the two reads, or that stopped the
program, and a table of what was run.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter

import numpy as np
from PIL import Image, ImageCms, ImageOps

# A file may declare any size.
Image.MAX_IMAGE_PIXELS = 100_000_000
SRGB = ImageCms.createProfile("sRGB")


def pillow(path):
    """The pixels as Pillow shows them; raises whatever it raises."""
    image = Image.open(path)
    if image.width * image.height > Image.MAX_IMAGE_PIXELS:
        raise ValueError("too large to compare")
    image.load()
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        values = np.asarray(image, dtype=np.float64)
        most = 65535 if values.max() < 65536 else 2**32 - 1
        clear = image.info.get("transparency")
        image = Image.fromarray(np.rint(values * 255 / most).astype(np.uint8))
        if isinstance(clear, int):
            # One grey is transparent; the script's own conversion forgot it.
            grey = np.asarray(image).copy()
            grey[values == clear] = 255
            image = Image.fromarray(grey)
    if image.mode == "F":
        values = np.asarray(image, dtype=np.float64)
        image = Image.fromarray(np.rint(values.clip(0, 1) * 255).astype(np.uint8))
    alpha = None
    if image.mode == "RGBa":
        image = image.convert("RGBA")
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("LA" if image.mode in ("L", "LA", "1") else "RGBA")
        alpha = image.getchannel("A")
        image = image.convert("L" if image.mode == "LA" else "RGB")
    if image.mode in ("P", "1"):
        image = image.convert("RGB" if image.mode == "P" else "L")
    if image.mode == "YCbCr":
        image = image.convert("RGB")
    if image.mode == "LAB":
        image = ImageCms.profileToProfile(image, ImageCms.createProfile("LAB"), SRGB, outputMode="RGB")
    elif profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
        except ImageCms.PyCMSError:
            pass
    image = image.convert("RGB")
    if alpha is not None:
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=alpha)
        image = white
    return np.asarray(image, dtype=np.int16)


def main():
    folder = sys.argv[1]
    out = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()
    environment = dict(os.environ, PALIMPSEST_CORPUS=os.path.abspath(folder), PALIMPSEST_CORPUS_OUT=out)
    command = ["cargo", "test", "--test", "method", "corpus", "--", "--ignored"]
    if not os.path.exists(os.path.join(out, "read.jsonl")):
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    table = Counter()
    for line in open(os.path.join(out, "read.jsonl"), encoding="utf-8"):
        read = json.loads(line)
        name = os.path.relpath(read["file"], folder)
        try:
            right = pillow(read["file"])
        except (Exception, MemoryError) as error:
            right, why = None, f"{type(error).__name__}: {error}"
        if "refused" in read:
            if right is not None:
                table["refused, and Pillow reads it"] += 1
                said = read["refused"].replace(read["file"], "")
                print(f"REFUSED {name}:{said}")
            else:
                table["refused by both"] += 1
            continue
        kind = read["format"]
        if right is None:
            table[f"{kind}: read, and not by Pillow"] += 1
            print(f"ONLY    {name}: {why} {read['warnings']}")
            continue
        pixels = np.fromfile(os.path.join(out, f"{read['number']}.rgb"), dtype=np.uint8).astype(np.int16)
        pixels = pixels.reshape(read["height"], read["width"], 3)
        if pixels.shape != right.shape:
            table[f"{kind}: another size"] += 1
            print(f"SIZE    {name}: {pixels.shape[1::-1]}, Pillow {right.shape[1::-1]} {read['warnings']}")
            continue
        mean = np.abs(pixels - right).mean()
        if mean > 2:
            said = "said" if read["warnings"] else "SILENT"
            table[f"{kind}: differs, {said}"] += 1
            print(f"DIFFERS {name}: {mean:.2f} levels in the mean, {said} {read['warnings']}")
        else:
            table[f"{kind}: the same"] += 1
    print()
    for what, count in sorted(table.items()):
        print(f"{count:6} {what}")


if __name__ == "__main__":
    main()
