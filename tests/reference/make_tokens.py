"""Token ids that transformers' CLIPTokenizer gives for awkward prompts, with the tokenizer files of
the two reference models and with the special tokens spelt as objects (as in published folders).

usage: make_tokens.py REFERENCE_DIR        reads REFERENCE_DIR/sd1 and sd2, writes REFERENCE_DIR/tokens.json
"""
import json, os, shutil, sys, tempfile
from transformers import CLIPTokenizer

PROMPTS = [
    "a photo of sks dog 🐶🎨, 4k!!",
    "富士山と桜の絵, 水墨画",
    "!! wow!!! a ! b",
    "before <|endoftext|> after <|startoftext|>again<|endoftext|>",
    "UPPER <|ENDOFTEXT|> Case",
    "tabs\tand\nnew\r\nlines \u00a0nbsp\u2003em\u3000wide",
    "ÉCLAIR À LA CRÈME, İSTANBUL STRASSE ẞ Ω",
    "e\u0301 combining e\u0301\u0323 ﬁ ligature Å",
    "It's they're I've I'm we'll he'd 'S don't 'tis rock'n'roll",
    "1234567890 ٣٤ ½ ² Ⅷ",
    "control \u0001\u0007 zero\u200bwidth \ufeff bom\u0000nul",
    "a_b-c--d... (x:1.3) [y] {z} <lora:foo:0.8> \\ / ~ ` # % ^ & *",
    "naïve café — “quotes” … ‘single’",
    "   ",
    "supercalifragilisticexpialidocious" * 12,
    "oil painting of a sunflower field, " * 30,
    "! " * 80,
]
PUBLISHED = {k: {"content": v, "lstrip": False, "normalized": True, "rstrip": False, "single_word": False}
             for k, v in {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}.items()}


def ids(folder):
    tok = CLIPTokenizer.from_pretrained(folder)
    return [tok(p, padding="max_length", max_length=77, truncation=True).input_ids for p in PROMPTS]


def with_objects(folder, pad):
    """the same tokenizer, its special tokens written as objects, with "normalized": true"""
    with tempfile.TemporaryDirectory() as d:
        for f in ("vocab.json", "merges.txt"): shutil.copy(f"{folder}/{f}", d)
        json.dump({**PUBLISHED, "pad_token": pad}, open(f"{d}/special_tokens_map.json", "w"))
        json.dump({**{k: {"__type": "AddedToken", **v} for k, v in PUBLISHED.items()}, "pad_token": pad, "add_prefix_space": False, "do_lower_case": True,
                   "errors": "replace", "model_max_length": 77, "tokenizer_class": "CLIPTokenizer"}, open(f"{d}/tokenizer_config.json", "w"))
        return ids(d)


root = sys.argv[1]
out = {"prompts": PROMPTS}
for family, pad in (("sd1", "<|endoftext|>"), ("sd2", "!")):
    folder = f"{root}/{family}/pretrained/tokenizer"
    out[family], out[f"{family}_objects"] = ids(folder), with_objects(folder, pad)
json.dump(out, open(f"{root}/tokens.json", "w"), ensure_ascii=True, separators=(",", ":"))
print({k: len(v) for k, v in out.items()}, {f: [i for i, (a, b) in enumerate(zip(out[f], out[f + "_objects"])) if a != b] for f in ("sd1", "sd2")})
