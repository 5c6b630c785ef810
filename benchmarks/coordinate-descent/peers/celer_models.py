"""Runs celer's group Lasso and L1 logistic regression as a peer of the benchmark runner."""

import math
import sys
import time
import warnings

from design import as_arrays, as_targets
from peer import serve


def hello():
    """Says which celer."""
    import celer
    import numpy

    return {"version": celer.__version__, "details": {"numpy": numpy.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Brings the design into the order that celer works in."""
    import celer  # noqa: F401  imported here so that the first run does not pay for it

    instance, design, _ = as_arrays(instance)
    return instance, design, as_targets(instance)


def model_of(instance, tolerance):
    """The estimator; groups have weight sqrt(size), here all of one size."""
    import celer

    alpha = instance["lambda"]
    if instance["model"] == "group-lasso":
        size = instance["groupSize"]
        alpha *= math.sqrt(size)
        return celer.GroupLasso(groups=size, alpha=alpha, fit_intercept=False, tol=tolerance, max_iter=1000)
    weight = alpha * instance["A"]["rows"]
    return celer.LogisticRegression(C=1 / weight, fit_intercept=False, tol=tolerance, max_iter=1000)


def solve(state, run):
    """Fits once."""
    instance, design, target = state
    model = model_of(instance, run["tolerance"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(design, target)
        seconds = time.perf_counter() - start
    return seconds, {"coefficients": model.coef_.ravel()}, {}


serve(hello, load, solve)
