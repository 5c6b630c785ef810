"""Runs celer_path as a peer of the benchmark runner."""

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
    """Brings the design into the order that celer works in, in arrays that may be written to, as celer asks."""
    import celer  # noqa: F401  imported here so that the first run does not pay for it
    import numpy
    import scipy.sparse

    instance, design, target = as_arrays(instance)
    design = design.copy() if scipy.sparse.issparse(design) else numpy.array(design, order="F")
    return instance, design, target, numpy.array(instance["lambdas"])


def solve(state, run):
    """Fits the path once; its rule is gap < tol |b|^2 / m per sample, ours is gap <= tolerance |b|^2 / 2."""
    import numpy
    from celer import celer_path

    _, design, target, lambdas = state
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        _, coefficients, _, epochs = celer_path(
            design, target, "lasso", alphas=lambdas, prune=1, max_iter=1000, tol=run["tolerance"] / 2, return_n_iter=True
        )
        seconds = time.perf_counter() - start
    return seconds, {"coefficients": numpy.asarray(coefficients).T}, {"epochs": int(numpy.sum(epochs))}


serve(hello, load, solve)
