"""Figures of a conclusion as scipy computes them, for
crates/method/tests/method/verdict_numbers.rs.

usage: make.py          (writes conclusion.json beside itself; made with scipy 1.17.1 and numpy 2.4.6;
                         where scikit-learn can be imported, areas under the curve are held against it)

Where scipy has no such figure it is computed another way than in the program: Firth's fit by minimising the
penalised likelihood itself, the bounds of likelihood ratios on a fine grid of thresholds, everything that is
left out by taking it out and starting again.
"""
import json, os
import numpy as np
from scipy.optimize import brentq, minimize
from scipy.special import gammaln
from scipy.stats import beta, binomtest, mannwhitneyu, nct, norm, permutation_test, t

try:
    from sklearn.metrics import roc_auc_score
except ImportError:
    roc_auc_score = None


def firth(members, hold_outs):
    """ln LR as (value at score 0, slope) in the scores' own unit."""
    scores = np.r_[members, hold_outs]
    labels = np.r_[np.ones(len(members)), np.zeros(len(hold_outs))]
    centre, spread = scores.mean(), scores.std()
    X = np.c_[np.ones(len(scores)), (scores - centre) / spread]

    def penalised(line):
        eta = X @ line
        p = 1 / (1 + np.exp(-eta))
        information = X.T @ (X * (p * (1 - p))[:, None])
        likelihood = (labels * eta - np.logaddexp(0, eta)).sum()
        return -likelihood - 0.5 * np.linalg.slogdet(information)[1]

    found = minimize(penalised, [0.0, 1.0], method="Nelder-Mead",
                     options={"xatol": 1e-10, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000})
    at_zero, slope = found.x
    if slope <= 0:
        return 0.0, 0.0
    at_zero -= np.log(len(members) / len(hold_outs))
    return at_zero - slope * centre / spread, slope / spread


def log_ratios(members, hold_outs, scores):
    at_zero, slope = firth(members, hold_outs)
    return at_zero + slope * np.asarray(scores)


def cllr(members, hold_outs):
    return 0.5 * (np.mean(np.log2(1 + np.exp(-members))) + np.mean(np.log2(1 + np.exp(hold_outs))))


def left_out(members, hold_outs):
    m = [log_ratios(np.delete(members, i), hold_outs, members[i]) for i in range(len(members))]
    h = [log_ratios(members, np.delete(hold_outs, i), hold_outs[i]) for i in range(len(hold_outs))]
    return np.array(m), np.array(h)


def bounds(members, hold_outs, step=1e-5):
    """Vergeer et al.: thresholds at which the system costs more than a ratio of 1 for everything."""
    grid = np.arange(-8, 8, step)
    accepted = lambda logs: 1 - np.searchsorted(np.sort(logs), grid, side="right") / len(logs)
    # One misleading control a class: no member reaches a threshold of infinity, a hold-out does.
    cost = 1 - accepted(np.r_[members, -np.inf]) + np.exp(grid) * accepted(np.r_[hold_outs, np.inf])
    useless = cost > np.minimum(1, np.exp(grid)) * (1 + 1e-12)
    above, below = grid[useless & (grid > step)], grid[useless & (grid < -step)]
    return [float(np.exp(below.max())), float(np.exp(above.min()))]


def hedges(a, b):
    q, n = len(a), len(b)
    freedom = q + n - 2
    pooled = np.sqrt(((q - 1) * np.var(a, ddof=1) + (n - 1) * np.var(b, ddof=1)) / freedom)
    scale = np.sqrt(q * n / (q + n))
    d = (np.mean(a) - np.mean(b)) / pooled
    J = np.exp(gammaln(freedom / 2) - gammaln((freedom - 1) / 2)) / np.sqrt(freedom / 2)
    x = d * scale
    end = lambda chance: brentq(lambda delta: nct.cdf(x, freedom, delta) - chance,
                                x - 5, x + 5 + abs(x) / 2, xtol=1e-12)
    return {"value": J * d, "interval": [J * end(0.975) / scale, J * end(0.025) / scale]}


def permutation(a, b):
    found = permutation_test((a, b), lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis),
                             alternative="greater", n_resamples=np.inf, vectorized=True)
    return found.pvalue


def holm(p):
    p, m = np.asarray(p), len(p)
    order = np.argsort(p, kind="stable")
    corrected = np.empty(m)
    for i, place in enumerate(order):
        corrected[place] = min(1, max((m - j) * p[order[j]] for j in range(i + 1)))
    return corrected


def best_threshold(members, hold_outs):
    """Of equally good thresholds the highest, halfway between two scores; infinite: nobody is called."""
    scores = np.unique(np.r_[members, hold_outs])
    candidates = [np.inf] + [(scores[i] + scores[i - 1]) / 2 if i else scores[0] for i in range(len(scores))][::-1]
    right = [(members >= c).sum() + (hold_outs < c).sum() for c in candidates]
    return candidates[int(np.argmax(right))]


def leave_one_out(members, hold_outs):
    found = sum(members[i] >= best_threshold(np.delete(members, i), hold_outs) for i in range(len(members)))
    accused = sum(hold_outs[i] >= best_threshold(members, np.delete(hold_outs, i)) for i in range(len(hold_outs)))
    right, works = int(found + len(hold_outs) - accused), len(members) + len(hold_outs)
    wilson = binomtest(right, works).proportion_ci(method="wilson")
    return {"right": right, "interval": [wilson.low, wilson.high], "accused": int(accused)}


def deviate(score, standards):
    n = len(standards)
    z = (score - np.mean(standards)) / np.std(standards, ddof=1)
    tail = t.sf(abs(z) / np.sqrt(1 + 1 / n), n - 1)
    return {"z": z, "deviate": np.sign(z) * norm.isf(tail)}


def case(name, questioned, negatives, positives):
    q, n, m = map(np.asarray, (questioned, negatives, positives))
    auc = mannwhitneyu(m, n).statistic / (len(m) * len(n))
    if roc_auc_score:
        labels = np.r_[np.ones(len(m)), np.zeros(len(n))]
        assert abs(roc_auc_score(labels, np.r_[m, n]) - auc) < 1e-12
    single = [(1 + (n >= x).sum()) / (1 + len(n)) for x in q]
    out = left_out(m, n)
    return {
        "name": name, "questioned": list(q), "negatives": list(n), "positives": list(m),
        "p": single, "holm": list(holm(single)), "auc": auc,
        "log_ratios": list(log_ratios(m, n, q)),
        "cllr": cllr(log_ratios(m, n, m), log_ratios(m, n, n)), "leave_one_out_cllr": cllr(*out),
        "bounds": bounds(*out),
        "leave_one_out": leave_one_out(m, n),
        "above_every_negative": [beta.ppf(0.025, 1, len(n)), beta.ppf(0.975, 1, len(n))],
        "permutation": permutation(q, n), "hedges": hedges(q, n),
        "superiority": mannwhitneyu(q, n).statistic / (len(q) * len(n)),
        "standardised": [deviate(x, n) for x in q],
    }


def main():
    rng = np.random.default_rng(20)
    drawn = lambda size, mean, sd: list(np.round(rng.normal(mean, sd, size), 4))
    cases = [
        case("apart", drawn(3, 2.5, 1), drawn(10, 0, 1), drawn(10, 6, 1)),
        case("overlapping", drawn(4, 1, 1), drawn(12, 0, 1), drawn(9, 1.2, 1.3)),
        case("few", drawn(2, 1, 1), drawn(5, 0, 1), drawn(5, 2, 1)),
        case("unequal", drawn(5, 0.7, 0.1), drawn(14, 0.6, 0.06), drawn(6, 0.72, 0.05)),
        case("tied", [0.5, 0.9, 0.9], [0.1, 0.2, 0.2, 0.5, 0.5, 0.6, 0.3], [0.5, 0.6, 0.9, 0.7, 0.2, 0.9]),
        case("reversed", drawn(2, 0, 1), drawn(8, 2, 1), drawn(7, 0, 1)),
    ]
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "conclusion.json"), "w") as file:
        json.dump(cases, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
