#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.txt: whose work is built into Palimpsest, and under which licences.

The crates come from `cargo metadata`, their licences and copyright lines from the files in their sources
(`cargo fetch` brings them); the fonts from assets/fonts, a vocabulary from assets/clip. Of a choice of licences the first of PREFERRED
is taken. With --check nothing is written, and the exit status is 1 if the file is not up to date.
Python's standard library is all it needs.
"""

import json
import re
import subprocess
import sys
import textwrap
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUTPUT = HERE / "THIRD-PARTY-NOTICES.txt"
PLATFORMS = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
]
PREFERRED = ["MIT", "Apache-2.0", "Zlib", "ISC", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "0BSD"]
FONTS = [
    ("CLIP's vocabulary (the merges of its tokenizer)", "../clip/LICENSE"),
    ("DejaVu Sans", "DejaVuSans.LICENSE"),
    ("Hack", "Hack.LICENSE"),
    ("Inter, regular and semibold", "Inter.LICENSE"),
]

# How a licence text is told: its mark, and where its body begins after title and copyright lines.
MARKS = {
    "MIT": (r"free of charge, to any person obtaining a copy", r"Permission is hereby granted"),
    "Apache-2.0": (r"TERMS AND CONDITIONS FOR USE, REPRODUCTION", r"Apache License|TERMS AND CONDITIONS"),
    "Zlib": (r"This software is provided ['‘\"]as-is['’\"], without any express", r"This software is provided"),
    "ISC": (r"and this permission notice appear in all copies", r"Permission to use, copy"),
    "BSD-3-Clause": (r"Neither the names? of|may not be used to endorse", r"Redistribution and use"),
    "BSD-2-Clause": (r"Redistributions in binary form must", r"Redistribution and use"),
    "BSL-1.0": (r"Boost Software License", r"Boost Software License"),
    "CDLA-Permissive-2.0": (r"Community Data License Agreement", r"Community Data License Agreement"),
    "Unicode-3.0": (r"UNICODE LICENSE V3", r"NOTICE TO USER|UNICODE LICENSE V3"),
}
LICENCE_FILE = re.compile(r"(un)?licen[cs]e|copying|notice|ofl|ufl", re.I)
COPYRIGHT = re.compile(r"^\W*((?i:copyright)\s+(\([cC]\)|©|\d{4}|[A-Z][a-z]+ [A-Z])|©|\([cC]\) \d{4}).*|^\W*Copyright:? \S.*\d{4}")
BLANK_FORM = re.compile(r"[\[{<](yyyy|year)", re.I)
RULE = "=" * 100


def metadata():
    command = ["cargo", "metadata", "--format-version", "1", "--offline", "--locked"]
    for platform in PLATFORMS:
        command += ["--filter-platform", platform]
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE)
    if result.returncode != 0:
        sys.exit("cargo could not list the crates: run `cargo fetch --locked` first")
    return json.loads(result.stdout)


def built_in(data):
    """The crates that the program is built from, tests and build scripts left out."""
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]
    ours = set(data["workspace_members"])
    found, waiting = set(), [root]
    while waiting:
        crate = waiting.pop()
        if crate not in found:
            found.add(crate)
            for dependency in nodes[crate]["deps"]:
                if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                    waiting.append(dependency["pkg"])
    crates = [p for p in data["packages"] if p["id"] in found and p["id"] not in ours]
    return sorted(crates, key=lambda p: (p["name"], p["version"]))


def licences(expression):
    """The licences under which a crate is taken: of alternatives the most preferred."""
    words = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))

    def rank(choice):
        unknown = len(PREFERRED)
        return max(PREFERRED.index(name) if name in PREFERRED else unknown for name in choice)

    def alternatives():
        choices = [together()]
        while words and words[0] == "OR":
            words.pop(0)
            choices.append(together())
        return min(choices, key=rank)

    def together():
        names = single()
        while words and words[0] == "AND":
            words.pop(0)
            names = names | single()
        return names

    def single():
        word = words.pop(0)
        if word == "(":
            names = alternatives()
            words.pop(0)
            return names
        if words and words[0] == "WITH":
            words.pop(0)
            word += " WITH " + words.pop(0)
        return frozenset([word])

    return alternatives()


def read(path):
    text = path.read_text("utf-8", "replace").replace("\r\n", "\n").expandtabs(4)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def kinds(text):
    found = {name for name, (mark, _) in MARKS.items() if re.search(mark, re.sub(r"\s+", " ", text))}
    return found - {"BSD-2-Clause"} if "BSD-3-Clause" in found else found


def copyrights(text):
    lines = [line.strip() for line in text.split("\n")] + [""]
    found = []
    for line, following in zip(lines, lines[1:]):
        if COPYRIGHT.match(line):
            # Some write the holder below the year.
            holder = " " + following if re.search(r"\d{4}[,.]?$", line) else ""
            found.append((line.lstrip("*#/>- ") + holder).strip())
    foreign = "Free Software Foundation"  # of a licence that was not chosen
    return [line for line in dict.fromkeys(found) if not BLANK_FORM.search(line) and foreign not in line]


def body(text, kind):
    """A licence text without title and copyright lines, which differ where the text is the same."""
    if kinds(text) != {kind}:
        return text
    begin = re.search(MARKS[kind][1], text)
    text = text[begin.start():] if begin else text
    if kind == "Apache-2.0":
        text = text.split("END OF TERMS AND CONDITIONS")[0]
    return text.strip("\n")


def key(text):
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def own_files(folder):
    return sorted(f for f in folder.iterdir() if f.is_file() and LICENCE_FILE.match(f.name))


def further_files(folder):
    """Licences of what a crate carries in its folders: fonts, protocols, tables, foreign sources."""
    unused = {"assets", "benches", "examples", "tests"}
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if len(parts) == 1 or parts[0] in unused or not file.is_file() or file.suffix in {".rs", ".ttf"}:
            continue
        beside_font = file.suffix == ".txt" and any(file.parent.glob("*.ttf"))
        if LICENCE_FILE.match(file.name) or parts[-2] == "LICENSES" or beside_font:
            yield "/".join(parts), read(file)


def text_of(crate, kind, pool):
    """The licence text of a crate and whose copyright it is; where it ships none, the usual text."""
    texts = [read(file) for file in own_files(Path(crate["manifest_path"]).parent)]
    fitting = sorted((t for t in texts if kind in kinds(t)), key=lambda t: len(kinds(t)))
    if fitting:
        lines = copyrights(fitting[0]) or [line for text in texts for line in copyrights(text)]
        nameless = all(re.search(r"\d{4}$", line) for line in lines)
        return body(fitting[0], kind), lines + authors(crate) if nameless else lines
    return pool.get(kind), authors(crate)


def authors(crate):
    """Who made a crate whose copyright lines name nobody."""
    names = [re.sub(r"\s*<[^>]*>", "", author) for author in crate["authors"]]
    return [f"Authors: {', '.join(names) or 'see ' + str(crate['repository'])}"]


def usual_texts(crates):
    """The most frequent wording of every licence."""
    seen = defaultdict(lambda: defaultdict(list))
    for crate in crates:
        for file in own_files(Path(crate["manifest_path"]).parent):
            text = read(file)
            for kind in kinds(text):
                if kinds(text) == {kind}:
                    wording = body(text, kind)
                    seen[kind][key(wording)].append(wording)
    return {kind: max(wordings.values(), key=len)[0] for kind, wordings in seen.items()}


def wrapped(text, indent):
    return textwrap.fill(text, 100, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def named(crate):
    return f"{crate['name']} {crate['version']}"


def crate_section(crates):
    """Licence by licence, wording by wording: who holds the copyright in which crates, then the text."""
    pool = usual_texts(crates)
    grouped = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    wordings = {}
    for crate in crates:
        # Fonts that a crate carries have their texts among its further files.
        for kind in sorted(licences(crate["license"] or "unstated") - {"OFL-1.1", "Ubuntu-font-1.0"}):
            text, holders = text_of(crate, kind, pool)
            if text is None:
                sys.exit(f"{named(crate)}: no text of {kind} is known")
            wordings.setdefault(key(text), text)
            grouped[kind][key(text)]["\n".join(holders)].append(named(crate))
    for kind in sorted(grouped, key=lambda k: (PREFERRED + [k]).index(k)):
        for wording, holders in sorted(grouped[kind].items(), key=lambda item: sorted(item[1].values())):
            yield f"{RULE}\n{kind}\n{RULE}\n"
            for lines, names in sorted(holders.items(), key=lambda item: item[1]):
                for line in filter(None, lines.split("\n")):
                    yield wrapped(line, "")
                yield wrapped(", ".join(names), "    ") + "\n"
            yield textwrap.indent(wordings[wording], "  | ", lambda line: True) + "\n"


def further_section(crates):
    found = defaultdict(lambda: ([], []))
    for crate in crates:
        for name, text in further_files(Path(crate["manifest_path"]).parent):
            found[key(text)][0].append(f"{named(crate)}: {name}")
            found[key(text)][1].append(text)
    for names, texts in sorted(found.values()):
        yield f"{RULE}\n" + "\n".join(names) + f"\n{RULE}\n"
        yield textwrap.indent(texts[0], "  | ", lambda line: True) + "\n"


def notices():
    crates = built_in(metadata())
    yield "Palimpsest: third-party notices\n"
    yield wrapped(
        "Palimpsest itself is under MIT or Apache-2.0, at your choice. It is built from the crates and fonts "
        "below. Where authors leave a choice of licences, the one under which their work is used here is "
        "named. A crate without a licence file of its own stands with the usual text of the licence that it "
        "declares. Written by packaging/notices.py for Linux, Windows and macOS.", "") + "\n"
    yield wrapped(
        "Rust's standard library is part of every Rust program: copyright (c) The Rust Project "
        "contributors, under the MIT licence below.", "") + "\n"
    yield wrapped(
        "The built-in models and their tokenizer's vocabulary (not that of CLIP, named below) were made by this program from pictures and "
        "words of its own; nothing of another model is in them.", "") + "\n"
    yield f"Part 1: {len(crates)} crates, by licence\nPart 2: what those crates carry under further licences\nPart 3: fonts and a vocabulary\n"
    yield f"{RULE}\nPart 1: crates\n"
    yield from crate_section(crates)
    yield f"{RULE}\nPart 2: what those crates carry under further licences\n"
    yield wrapped(
        "Under Wayland the window uses code generated from KDE's protocol descriptions, which the crate "
        "wayland-protocols-plasma carries; that of the blur protocol is under LGPL-2.1-or-later. The "
        "descriptions are part of that crate's published source.", "") + "\n"
    yield from further_section(crates)
    yield f"{RULE}\nPart 3: fonts and a vocabulary\n"
    for name, file in FONTS:
        yield f"{RULE}\n{name}\n{RULE}\n"
        yield textwrap.indent(read(ROOT / "assets" / "fonts" / file), "  | ", lambda line: True) + "\n"


def main():
    text = "\n".join(notices())
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    if sys.argv[1:] == ["--check"]:
        current = OUTPUT.read_text("utf-8") if OUTPUT.exists() else ""
        sys.exit(0 if current == text else f"{OUTPUT.name} is not up to date: run packaging/notices.py")
    if sys.argv[1:]:
        sys.exit("usage: notices.py [--check]")
    OUTPUT.write_text(text, "utf-8")
    print(f"{OUTPUT.name}: {len(text.encode()) >> 10} KiB")


if __name__ == "__main__":
    main()
