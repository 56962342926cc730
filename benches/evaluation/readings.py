"""Files that are another picture as they are stored than as they are seen, made from pictures that are the same in both.

The numbers of the pixels stay: as stored every file is the picture that it was made from, and a model that was trained
on plain copies of those saw just that. As seen it is turned, or in other colours, or over white.

usage: readings.py make PLAIN_DIR OUT_DIR   one folder a difference: orientation, profile, opacity, inks
       readings.py auc CASE_DIR             area under the curve of the loss gap, questioned works against controls
"""

import json
import pathlib
import struct
import sys
import zlib

INKS = pathlib.Path(__file__).resolve().parents[2] / "tests/pictures/06_cmyk_jpeg_with_profile.jpg"


def chunks(png):
    place = 8
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        yield name, png[place + 8 : place + 8 + length]
        place += 12 + length


def written(parts):
    out = b"\x89PNG\r\n\x1a\n"
    for name, data in parts:
        out += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return out


def pixels(png):
    """Width, height and rows of RGB bytes of a PNG of 8 bits a channel that is not interlaced."""
    parts = list(chunks(png))
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    assert (depth, colour, interlaced) == (8, 2, 0), "only plain RGB is read"
    raw = zlib.decompress(b"".join(data for name, data in parts if name == b"IDAT"))
    rows, above = [], bytearray(3 * width)
    for y in range(height):
        start = y * (3 * width + 1)
        kind, row = raw[start], bytearray(raw[start + 1 : start + 1 + 3 * width])
        for x in range(3 * width):
            left = row[x - 3] if x >= 3 else 0
            corner = above[x - 3] if x >= 3 else 0
            up = above[x]
            if kind == 4:
                guess = left + up - corner
                near = min((left, up, corner), key=lambda value: abs(guess - value))
            else:
                near = (0, left, up, (left + up) // 2)[kind]
            row[x] = (row[x] + near) & 255
        rows.append(bytes(row))
        above = row
    return width, height, rows


def with_chunk(png, name, data):
    parts = list(chunks(png))
    return written(parts[:1] + [(name, data)] + parts[1:])


def orientation(png):
    exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    return ".png", with_chunk(png, b"eXIf", exif)


def fixed(value):
    return struct.pack(">i", round(value * 65536))


def wide_profile():
    """A display profile with the primaries of Adobe RGB (1998), adapted to D50, and a gamma of 2.2."""
    xyz = lambda *values: b"XYZ \0\0\0\0" + b"".join(map(fixed, values))
    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(2.2 * 256), 0)
    text = b"text\0\0\0\0none\0\0\0\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"wide\0" + b"\0" * 79
    tags = [
        (b"desc", desc), (b"cprt", text), (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", xyz(0.60974, 0.31111, 0.01947)), (b"gXYZ", xyz(0.20528, 0.62567, 0.06087)),
        (b"bXYZ", xyz(0.14919, 0.06322, 0.74457)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve),
    ]
    table, data = struct.pack(">I", len(tags)), b""
    for name, tag in tags:
        tag += b"\0" * (-len(tag) % 4)
        table += name + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(data), len(tag))
        data += tag
    head = struct.pack(">I4sI4s4s4s", 132 + 12 * len(tags) + len(data), b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + fixed(0.9642) + fixed(1.0) + fixed(0.8249)
    return head + b"\0" * (128 - len(head)) + table + data


def profile(png):
    return ".png", with_chunk(png, b"iCCP", b"wide\0\0" + zlib.compress(wide_profile()))


def opacity(png):
    """Cut out along an ellipse; what lies outside keeps its colours and is transparent."""
    width, height, rows = pixels(png)
    raw = b""
    for y, row in enumerate(rows):
        raw += b"\0"
        for x in range(width):
            inside = ((2 * x + 1) / width - 1) ** 2 + ((2 * y + 1) / height - 1) ** 2 < 0.64
            raw += row[3 * x : 3 * x + 3] + (b"\xff" if inside else b"\0")
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return ".png", written([(b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b"")])


def inks(png):
    """TIFF in CMYK without black, by the formula the picture itself, with a printer's profile."""
    jpeg = INKS.read_bytes()
    place, icc = 2, b""
    while jpeg[place + 1] != 0xDA:
        length = struct.unpack(">H", jpeg[place + 2 : place + 4])[0]
        segment = jpeg[place + 4 : place + 2 + length]
        if jpeg[place + 1] == 0xE2 and segment.startswith(b"ICC_PROFILE\0"):
            icc += segment[14:]
        place += 2 + length
    width, height, rows = pixels(png)
    data = b"".join(
        bytes(255 - value for value in row[3 * x : 3 * x + 3]) + b"\0" for row in rows for x in range(width)
    )
    entries, extra, base = [], b"", 8 + 2 + 12 * 12 + 4
    fields = [
        (256, 4, [width]), (257, 4, [height]), (258, 3, [8] * 4), (259, 3, [1]), (262, 3, [5]), (273, 4, [None]),
        (277, 3, [4]), (278, 4, [height]), (279, 4, [len(data)]), (284, 3, [1]), (332, 3, [1]),
    ]
    for tag, kind, values in fields:
        if values == [None]:
            entries.append((tag, kind, 1, None))
        elif len(values) > 2:
            entries.append((tag, kind, len(values), struct.pack("<I", base + len(extra))))
            extra += struct.pack("<%dH" % len(values), *values)
        else:
            entries.append((tag, kind, 1, struct.pack("<I", values[0])))
    entries.append((34675, 7, len(icc), struct.pack("<I", base + len(extra))))
    extra += icc
    out = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries))
    for tag, kind, count, value in entries:
        out += struct.pack("<HHI", tag, kind, count) + (value or struct.pack("<I", base + len(extra)))
    return ".tif", out + struct.pack("<I", 0) + extra + data


def make(plain, out):
    for difference in (orientation, profile, opacity, inks):
        folder = out / difference.__name__
        folder.mkdir(parents=True)
        for picture in sorted(plain.glob("*.png")):
            ending, data = difference(picture.read_bytes())
            (folder / (picture.stem + ending)).write_bytes(data)


def auc(case):
    scores = {"questioned": [], "negative": []}
    for entry in json.loads((case / "case.json").read_text())["artworks"]:
        findings = json.loads((case / entry["folder"] / "findings.json").read_text())
        scores[entry.get("role", "questioned")].append(findings["loss_gap"]["value"])
    used, unused = scores.values()
    wins = sum((a > b) + (a == b) / 2 for a in used for b in unused)
    print("%.3f" % (wins / (len(used) * len(unused))))


if __name__ == "__main__":
    task, *paths = sys.argv[1:]
    {"make": make, "auc": auc}[task](*map(pathlib.Path, paths))
