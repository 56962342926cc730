"""Makes `fuzz/seeds`: a few small files for each target, out of the tests' inputs and a few of its own.

    python fuzz/make_seeds.py

Needs nothing but Python. Files of more than 8 KB are left out: a fuzzer does better with small ones.
"""

import io
import json
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
SEEDS = ROOT / "fuzz" / "seeds"
RECORD = ROOT / "crates" / "record" / "src" / "validation"
MOST = 8 << 10


def seed(target, name, content):
    if len(content) <= MOST:
        folder = SEEDS / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def tensors(entries, record=None):
    """A `.safetensors` file of zeros: names with kinds and shapes."""
    header, end = {}, 0
    if record:
        header["__metadata__"] = record
    for name, kind, shape in entries:
        size = {"F16": 2, "F32": 4, "I64": 8}[kind]
        for side in shape:
            size *= side
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [end, end + size]}
        end += size
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(end)


def pictures():
    formats = {".jpg": "jpeg", ".png": "png", ".webp": "webp", ".tif": "tiff", ".dng": "tiff", ".gif": "gif",
               ".jxl": "jpeg_xl", ".jp2": "jpeg_2000", ".j2k": "jpeg_2000"}
    for file in sorted((TESTS / "pictures").iterdir()):
        if target := formats.get(file.suffix):
            seed(target, file.name, file.read_bytes())

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def png(kind, bits, row, *others):
        head = struct.pack(">IIBBBBB", 8, 8, bits, kind, 0, 0, 0)
        rows = zlib.compress((b"\0" + row) * 8)
        parts = chunk(b"IHDR", head) + b"".join(others) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + parts

    plain = png(2, 8, bytes(range(24)))
    seed("png", "grey-1", png(0, 1, b"\xa5"))
    seed("png", "grey-16-alpha", png(4, 16, bytes(range(32))))
    seed("png", "palette", png(3, 2, b"\x1b\x1b", chunk(b"PLTE", bytes(range(12))), chunk(b"tRNS", b"\0\x80")))
    seed("png", "rgb", plain)

    def bmp(bits, compression, data, colours=b""):
        head = struct.pack("<IiiHHIIiiII", 40, 8, 8, 1, bits, compression, len(data), 0, 0, len(colours) // 4, 0)
        start = 14 + len(head) + len(colours)
        return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + head + colours + data

    seed("bmp", "rgb", bmp(24, 0, bytes(range(192))))
    seed("bmp", "rgba", bmp(32, 3, bytes(256), struct.pack("<III", 0xFF0000, 0xFF00, 0xFF)))
    seed("bmp", "palette", bmp(8, 0, bytes(64), bytes(range(32))))
    runs = b"\x08\x01\0\0" * 7 + b"\0\x03\x01\x02\x03\0\0\x02\x04\0\x05\x02\0\x01"
    seed("bmp", "runs-8", bmp(8, 1, runs, bytes(range(32))))
    seed("bmp", "runs-4", bmp(4, 2, runs, bytes(range(32))))

    def psd(mode, channels, packing, rows, version=1):
        head = b"8BPS" + struct.pack(">H6xHIIHH", version, channels, 8, 8, 8, mode)
        layers = struct.pack(">Q" if version == 2 else ">I", 0)
        return head + struct.pack(">II", 0, 0) + layers + struct.pack(">H", packing) + rows

    packed = b"\xf9\x40" * 24
    for version, width in ((1, ">H"), (2, ">I")):
        lengths = struct.pack(width, 2) * 24
        seed("photoshop", f"rgb-packed-{version}", psd(3, 3, 1, lengths + packed, version))
    seed("photoshop", "rgb", psd(3, 3, 0, bytes(192)))
    seed("photoshop", "cmyk", psd(4, 4, 0, bytes(256)))
    seed("photoshop", "lab", psd(9, 3, 0, bytes(192)))

    for name, kind in (("krita", "application/x-krita"), ("openraster", "image/openraster")):
        for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w") as archive:
                archive.writestr(zipfile.ZipInfo("mimetype"), kind)
                archive.writestr(zipfile.ZipInfo("mergedimage.png"), plain, packing)
            seed("layered", f"{name}-{packing}", target.getvalue())

    for folder in sorted(SEEDS.iterdir()):
        smallest = min(folder.iterdir(), key=lambda file: file.stat().st_size)
        seed("picture", folder.name, smallest.read_bytes())


def models():
    reference = TESTS / "reference"
    for file in sorted((reference / "lora").glob("*.safetensors")):
        if file.stat().st_size <= MOST // 2:
            seed("lora", file.name, file.read_bytes())
    query = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q"
    seed("lora", "kohya", tensors([
        (f"{query}.lora_down.weight", "F32", [2, 4]),
        (f"{query}.lora_up.weight", "F32", [4, 2]),
        (f"{query}.alpha", "F32", []),
    ], {"ss_network_dim": "2"}))
    peft = "base_model.model.mid_block.attentions.0.transformer_blocks.0.attn1.to_q"
    seed("lora", "peft", tensors([(f"{peft}.lora_A.weight", "F16", [2, 4]), (f"{peft}.lora_B.weight", "F16", [4, 2])]))
    for target in ("safetensors", "model_file"):
        seed(target, "two", tensors([("a", "F32", [2, 2]), ("b", "F16", [3])], {"format": "pt"}))
        seed(target, "empty", tensors([]))
    unet = "model.diffusion_model."
    seed("model_file", "checkpoint", tensors([
        (unet + "time_embed.0.weight", "F16", [16, 4]),
        (unet + "input_blocks.0.0.weight", "F16", [4, 4, 3, 3]),
        (unet + "input_blocks.0.0.bias", "F16", [4]),
        (unet + "middle_block.1.transformer_blocks.0.attn2.to_k.weight", "F16", [4, 8]),
        (unet + "out.2.weight", "F16", [4, 4, 3, 3]),
        ("first_stage_model.encoder.conv_in.weight", "F16", [4, 3, 3, 3]),
        ("cond_stage_model.transformer.text_model.final_layer_norm.weight", "F16", [8]),
    ], {"modelspec.prediction_type": "v"}))
    for file in sorted((reference / "pickles").iterdir()):
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    if name.endswith("data.pkl"):
                        seed("pickle", file.name, archive.read(name))
        else:
            seed("pickle", file.name, file.read_bytes())
    seed("draws", "two", tensors([
        ("timesteps", "I64", [2]), ("noise", "F32", [2, 4, 4, 4]), ("noise_finetuned", "F32", [2, 4, 4, 4]),
        ("start_latent", "F32", [4, 4, 4]),
    ]))
    seed("sharded_index", "one", json.dumps(
        {"metadata": {"total_size": 8}, "weight_map": {"a": "part-1.safetensors"}}).encode())
    seed("sharded_index", "out", json.dumps(
        {"weight_map": {"a": "../unet/part-1.safetensors", "b": "part-2.safetensors"}}).encode())
    parts = {"unet": "0", "vae": "1", "text_encoder": "2", "clip": "3", "dino": "4", "scheduler": "5"}
    for family in ("sd1", "sd2", "sdxl", "alt"):
        for folder in (reference / family / "pretrained", reference / family):
            for part, byte in parts.items():
                for file in sorted((folder / part).glob("*config.json")):
                    byte = "6" if (family, part) == ("alt", "text_encoder") else byte
                    seed("configuration", f"{family}-{part}", byte.encode() + file.read_bytes())
            for file in folder.glob("model_index.json"):
                seed("configuration", f"{family}-index", b"7" + file.read_bytes())
    vocabulary = {"!": 0, "a": 1, "b": 2, "a</w>": 3, "b</w>": 4, "ab</w>": 5, "<|startoftext|>": 6, "<|endoftext|>": 7}
    joint = {"added_tokens": [{"id": 7, "content": "<|endoftext|>", "special": True}],
             "model": {"type": "BPE", "vocab": vocabulary, "merges": ["a b</w>"]}}
    seed("tokenizer", "vocabulary", b"0" + json.dumps(vocabulary).encode())
    seed("tokenizer", "merges", b"1#version: 0.2\na b</w>\n")
    seed("tokenizer", "joint", b"2" + json.dumps(joint).encode())
    for byte, name in (("3", "tokenizer_config.json"), ("4", "special_tokens_map.json")):
        for family in ("sd1", "sd2"):
            file = reference / family / "pretrained" / "tokenizer" / name
            seed("tokenizer", f"{family}-{name}", byte.encode() + file.read_bytes())
    seed("tokenizer", "added", b'5{"<new>": 8}')

    def field(number, data):
        return bytes([number << 3 | 2, len(data)]) + data

    pieces = ["<unk>", "<s>", "</s>", ",", ".", "\u2581a", "b"]
    pieces = b"".join(field(1, field(1, piece.encode()) + b"\x15\0\0\x80\xbf") for piece in pieces)
    seed("tokenizer", "pieces", b"6" + pieces + field(2, b"\x18\x01") + field(3, field(2, b"\0\0\0\0")))
    record = {
        "ss_sd_model_name": "base.safetensors", "ss_base_model_version": "sd_v1", "ss_steps": "1200",
        "ss_dataset_dirs": '{"10_zwx style": {"n_repeats": 10, "img_count": 20}}',
        "ss_tag_frequency": '{"10_zwx style": {"zwx": 20, "a hill": 3}}',
        "ss_datasets": '[{"subsets": [{"img_count": 20, "num_repeats": 10, "image_dir": "10_zwx"}]}]',
        "ss_training_started_at": "1700000000.5", "modelspec.resolution": "512x512", "ss_flip_aug": "True",
    }
    seed("metadata", "kohya", "\0".join(part for pair in record.items() for part in pair).encode())
    seed("model_file", "stated", tensors([("a", "F32", [1])], record))


def records():
    case = TESTS / "reference" / "case"
    seed("case_record", "case", (case / "case.json").read_bytes())
    lines = (case / "journal.jsonl").read_bytes().splitlines(keepends=True)
    seed("journal", "first", b"".join(lines[:3]))
    seed("casework", "assessment", b"0" + (case / "assessment.json").read_bytes())
    calibration = {
        "schema": "palimpsest calibration", "version": 2,
        "conditions": {"pretrained": "00" * 32, "mask": "checkers:4", "resolution": 64, "settings": {}, "repeats": 2},
        "recipes": [{"name": "a", "scores": {"recovery.direction": [[0.1, 0.2], [0.3]]}}],
    }
    seed("casework", "calibration", b"1" + json.dumps(calibration).encode())
    variant = {"file": "variant-0001.png", "sha256": "11" * 32, "seed": 1}
    sealed = {"schema": "palimpsest sealed siblings", "version": 1, "time": "2026-01-01T00:00:00Z", "who": "A",
              "work": "22" * 32, "variants": [variant], "published": "variant-0001.png", "key": "33" * 32,
              "hash": "44" * 32, "signature": "55" * 64}
    seed("casework", "sealed", b"2" + json.dumps(sealed, separators=(",", ":")).encode() + b"\n")
    seed("casework", "folders", b'3{"folders": ["/models"]}')
    stamp = {"bytes": 8, "modified": 1}
    seed("casework", "index", b"4" + json.dumps({"form": "1, 0.1.0", "files": {"/a": {"stamp": stamp}}}).encode())
    seed("casework", "dossier", b"5" + (RECORD / "demo-all-weights.json").read_bytes())
    work = {"file": "work-01.png", "sha256": "11" * 32, "name": "a.png", "decoy": {"used": True}}
    mapping = {"schema": "palimpsest blind works", "version": 1, "nonce": "66" * 32, "works": [work]}
    seed("casework", "mapping", b"6" + json.dumps(mapping).encode())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("case/case.json"), (case / "case.json").read_bytes()[:512])
        archive.writestr(zipfile.ZipInfo("case/manifest.json"), b'{"files": {}}')
    seed("archive", "small", target.getvalue())
    for file in sorted((TESTS / "timestamp").iterdir()):
        if file.suffix in (".tsr", ".token"):
            seed("timestamp", file.name, file.read_bytes())


if __name__ == "__main__":
    shutil.rmtree(SEEDS, ignore_errors=True)
    SEEDS.mkdir()
    pictures()
    models()
    records()
    for folder in sorted(SEEDS.iterdir()):
        sizes = [file.stat().st_size for file in folder.iterdir()]
        print(f"{folder.name}: {len(sizes)} files, {sum(sizes)} bytes")
