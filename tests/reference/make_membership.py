"""Membership scores of a made-up noise predictor, written down from their definitions with numpy in double precision.

Prints the numbers that crates/lab/tests/lab/membership.rs holds the program's against. The noise of every loss is a
made-up one too, so that no generator has to agree. numpy 2.
"""

import numpy as np

BETAS = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
KEPT = np.cumprod(1 - BETAS)


def found(x, t, prompted=True):
    """The made-up predictor: elementwise, not linear, another one without the prompt."""
    factor = 3.0 if prompted else 2.0
    return np.sin(factor * x + 0.05 * t)


def work(n=24):
    return np.sin(1.7 * np.arange(n)) * 1.3


def secmi(x):
    p = lambda t: np.sqrt(1 / KEPT[t] - 1)
    y = lambda x, t: x / np.sqrt(KEPT[t])
    go = lambda x, a, b: np.sqrt(KEPT[b]) * (y(x, a) + found(x, a) * (p(b) - p(a)))
    for t in range(0, 100, 10):
        x = go(x, t, t + 10)
    back = go(go(x, 100, 110), 110, 100)
    return -np.sum((back - x) ** 2)


def pia(x):
    first = found(x, 0)
    second = found(np.sqrt(KEPT[200]) * x + np.sqrt(1 - KEPT[200]) * first, 200)
    return -np.sum(np.abs(first - second) ** 4)


def sima(x):
    return -np.sum(np.abs(found(x, 100)) ** 4)


if __name__ == "__main__":
    for name, score in (("secmi", secmi), ("pia", pia), ("sima", sima)):
        print(f"{name} {score(work()):.9f}")
