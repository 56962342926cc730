"""Statistics of scores as scipy and scikit-learn compute them, for
crates/method/tests/method/verdict.rs.

usage: make_verdict.py          (writes verdict.json beside itself; made with scipy 1.17.1,
                                 scikit-learn 1.9.1 and numpy 2.4.6)

Where neither has the figure, it is computed another way than in the program: Newcombe's interval as
roots of its quartic, the accuracy and the standardised scores by brute force.
"""
import json, os
import numpy as np
from scipy.stats import beta, binomtest, mannwhitneyu, norm
from sklearn.metrics import roc_auc_score, roc_curve

Z2 = norm.ppf(0.975) ** 2

def newcombe(found, m, n):
    """Method 5: (found - t)^2 = z^2 t (1-t) (1 + N (1-t)/(2-t) + N t/(1+t)) / mn, times (2-t)(1+t)."""
    P = np.polynomial.Polynomial
    t, N = P([0, 1]), (m + n) / 2 - 1
    shape = (2 - t) * (1 + t) + N * (1 - t) * (1 + t) + N * t * (2 - t)
    quartic = (found - t) ** 2 * (2 - t) * (1 + t) - Z2 / (m * n) * t * (1 - t) * shape
    roots = sorted(r.real for r in quartic.roots() if abs(r.imag) < 1e-9 and 1e-9 < r.real < 1 - 1e-9)
    low = 0.0 if found == 0 else min(roots)
    high = 1.0 if found == 1 else max(roots)
    return [low, high]

def proportion(successes, trials):
    wilson = binomtest(int(successes), trials).proportion_ci(method="wilson")
    return {"successes": int(successes), "trials": trials, "interval": [wilson.low, wilson.high]}

def at_fpr(fpr_asked, fpr, tpr, m, n):
    allowed = fpr <= fpr_asked + 1e-9
    most = tpr[allowed].max()
    false = round(fpr[allowed & (tpr == most)].min() * n)
    k = false
    true_fpr = [0.0, 1.0] if k == n else [beta.ppf(0.025, k + 1, n - k), beta.ppf(0.975, k + 1, n - k)]
    return {"asked": fpr_asked, "tpr": proportion(round(most * m), m), "false_positives": false, "true_fpr": true_fpr}

def standardised(members, hold_outs):
    if len(hold_outs) < 3: return None
    z = lambda x, others: (x - np.mean(others)) / np.std(others, ddof=1)
    others = [np.delete(hold_outs, i) for i in range(len(hold_outs))]
    if min(np.ptp(o) for o in others) == 0: return None
    return {"members": [z(x, hold_outs) for x in members], "hold_outs": [z(x, o) for x, o in zip(hold_outs, others)]}

def case(name, members, hold_outs):
    members, hold_outs = np.asarray(members, float), np.asarray(hold_outs, float)
    m, n = len(members), len(hold_outs)
    labels, scores = np.r_[np.ones(m), np.zeros(n)], np.r_[members, hold_outs]
    u = mannwhitneyu(members, hold_outs, method="asymptotic").statistic
    auc = u / (m * n)
    assert abs(auc - roc_auc_score(labels, scores)) < 1e-12
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    right = max(int((members >= t).sum() + (hold_outs < t).sum()) for t in np.r_[scores, np.inf])
    return {"name": name, "members": members.tolist(), "hold_outs": hold_outs.tolist(), "auc": auc, "interval": newcombe(auc, m, n),
            "roc": [fpr.tolist(), tpr.tolist()], "best_accuracy": proportion(right, m + n),
            "at_fpr": [at_fpr(f, fpr, tpr, m, n) for f in (0.0, 0.01, 0.05, 0.3)], "standardised": standardised(members, hold_outs)}

rng = np.random.default_rng(20240607)
cases = [
    case("sorted without a mistake", np.arange(11, 21), np.arange(1, 11)),
    case("the wrong way round", np.arange(1, 11), np.arange(11, 21)),
    case("all alike", [0.5] * 4, [0.5] * 6),
    case("one each", [0.7], [0.3]),
    case("few distinct scores", rng.integers(1, 5, 12), rng.integers(0, 4, 9)),
    case("ten and ten", rng.normal(1.0, 1, 10), rng.normal(0, 1, 10)),
    case("unlike spreads", rng.normal(1.5, 3, 25), rng.normal(0, 1, 8)),
    case("many hold-outs", rng.normal(1.2, 1, 30), rng.normal(0, 1, 400)),
    case("cosines near 1", 1 - np.abs(rng.normal(0, 1e-4, 10)), 1 - np.abs(rng.normal(0, 3e-4, 10))),
]
with open(f"{os.path.dirname(os.path.abspath(__file__))}/verdict.json", "w") as file:
    file.write("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")
