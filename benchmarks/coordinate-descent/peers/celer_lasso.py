"""Runs celer's Lasso as a peer of the benchmark runner."""

import sys
import time
import warnings

from design import as_arrays
from peer import serve


def hello():
    """Says which celer."""
    import celer
    import numpy

    return {"version": celer.__version__, "details": {"numpy": numpy.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Brings the design into the order that celer works in."""
    import celer  # noqa: F401  imported here so that the first run does not pay for it

    return as_arrays(instance)


def solve(state, run):
    """Fits once; its rule is gap < tol |b|^2 / m per sample, ours is gap <= tolerance |b|^2 / 2."""
    from celer import Lasso

    instance, design, target = state
    model = Lasso(
        alpha=instance["lambda"], fit_intercept=instance["intercept"], tol=run["tolerance"] / 2, max_iter=1000
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(design, target)
        seconds = time.perf_counter() - start
    return seconds, {"coefficients": model.coef_, "intercept": float(model.intercept_)}, {"epochs": int(model.n_iter_)}


serve(hello, load, solve)
