"""Which score tells members and hold-outs apart: every score of the findings, and combinations of two, over folders of
`lab evaluate`. Combinations and their weight are chosen on all hands but one and reported on that one.
usage: scores.py [--cases NAME] FOLDER...     NAME: case (default), or case-contrast-0.75 for that variant
"""

import json, pathlib, statistics, sys

arguments = sys.argv[1:]
case_name = "case"
if arguments[0] == "--cases":
    case_name, arguments = arguments[1], arguments[2:]


def scores(findings):
    """The scores of one work; a higher one speaks for use. None where it is not a number."""
    trace, recovery = findings["trace"], findings["recovery"]
    pairs = list(zip(trace["loss_pretrained"], trace["loss_finetuned"]))
    after, before = findings["similarity"]["structural"], findings["partial_similarity"]["structural"]
    return {
        "loss gap": findings["loss_gap"]["value"],
        # Losses of the fixed grid are not recorded one by one: the pretrained model's over the steps stands for them.
        "loss gap / pretrained loss": findings["loss_gap"]["value"] / statistics.mean(a for a, _ in pairs),
        "gap of the first ten steps": statistics.mean(a - b for a, b in pairs[:10]),
        "direction": recovery["direction"],
        "gain (latent, dB)": recovery["gain_db"],
        "SSIM": after,
        "gain in SSIM": after - before,
    }


def read(place):
    """One set: [(is a member, scores)]."""
    recipe = json.loads((place / "model/finetuning.json").read_text())["recipe"]
    used = {pathlib.Path(picture).name for picture in recipe["pictures"]}
    works = []
    for path in sorted(place.glob(f"{case_name}/*/findings.json")):
        findings = json.loads(path.read_text())
        works.append((pathlib.Path(findings["artwork"]["path"]).name in used, scores(findings)))
    return works


def auc(values, members):
    inside = [v for v, m in zip(values, members) if m]
    outside = [v for v, m in zip(values, members) if not m]
    wins = sum((a > b) + (a == b) / 2 for a in inside for b in outside)
    return wins / len(inside) / len(outside)


def above_all(values, members):
    """Share of the members above every hold-out."""
    highest = max(v for v, m in zip(values, members) if not m)
    inside = [v for v, m in zip(values, members) if m]
    return sum(v > highest for v in inside) / len(inside)


def distance(values, members):
    """Difference of the means in standard deviations of the hold-outs: what a control sample sees."""
    inside = [v for v, m in zip(values, members) if m]
    outside = [v for v, m in zip(values, members) if not m]
    return (statistics.mean(inside) - statistics.mean(outside)) / statistics.stdev(outside)


def standardised(values, members):
    outside = [v for v, m in zip(values, members) if not m]
    mean, spread = statistics.mean(outside), statistics.stdev(outside)
    return [(v - mean) / spread for v in values]


def ranks(values):
    return [sum((w < v) + (w == v) / 2 for w in values) for v in values]


def columns(works):
    members = [m for m, _ in works]
    names = works[0][1].keys()
    table = {name: [s[name] for _, s in works] for name in names}
    table = {name: values for name, values in table.items() if None not in values}
    gap, direction = ranks(table["loss gap"]), ranks(table["direction"])
    table["mean of ranks, loss gap and direction"] = [a + b for a, b in zip(gap, direction)]
    return members, table


def mixed(members, table, weight):
    gap, direction = (standardised(table[name], members) for name in ("loss gap", "direction"))
    return [weight * a + (1 - weight) * b for a, b in zip(gap, direction)]


def fitted(sets, left_out):
    """The weight of the loss gap against the direction, both in units of the hold-outs, that does best elsewhere."""
    others = [s for name, s in sets.items() if name.rsplit("-s", 1)[0] != left_out.rsplit("-s", 1)[0]]
    quality = lambda w: statistics.mean(
        auc(mixed(*s, w), s[0]) + 1e-3 * min(distance(mixed(*s, w), s[0]), 50) for s in others
    )
    return max((w / 10 for w in range(11)), key=quality)


for folder in map(pathlib.Path, arguments):
    sets = {place.name: columns(read(place)) for place in sorted(folder.glob("*-s[0-9]"))}
    for members, table in list(sets.values()):
        assert any(members) and not all(members), f"{folder}: members and hold-outs are not both there"
    weights = {name: fitted(sets, name) for name in sets} if len(sets) > 1 else {}
    for name, weight in weights.items():
        members, table = sets[name]
        table["loss gap and direction, fitted on other hands"] = mixed(members, table, weight)
    count = sum(len(members) for members, _ in sets.values())
    print(f"{folder.name}: {count} works in {len(sets)} sets ({', '.join(sets)}), {case_name}")
    print(f"  {'score':46}{'mean AUC':>9}{'least':>7}{'above all':>11}{'distance':>10}")
    names = [n for n in next(iter(sets.values()))[1] if all(n in table for _, table in sets.values())]
    for name in names:
        rows = [(table[name], members) for members, table in sets.values()]
        aucs = [auc(*row) for row in rows]
        print(
            f"  {name:46}{statistics.mean(aucs):9.3f}{min(aucs):7.2f}"
            f"{statistics.mean(above_all(*row) for row in rows):11.2f}{statistics.median(distance(*row) for row in rows):10.1f}"
        )
    if weights:
        print(f"  weight of the loss gap in the fitted one: {', '.join(f'{n} {w}' for n, w in weights.items())}")
    print()
