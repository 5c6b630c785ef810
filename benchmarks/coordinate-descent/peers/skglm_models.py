"""Runs skglm's group Lasso, multi-task Lasso and L1 logistic regression as a peer of the benchmark runner."""

import math
import sys
import time
import warnings

from design import as_arrays, as_targets
from peer import serve


def hello():
    """Says which skglm."""
    import numba
    import skglm

    return {"version": skglm.__version__, "details": {"numba": numba.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Brings the design into the order that skglm works in, and lets it compile: that is paid once a process."""
    instance, design, _ = as_arrays(instance)
    state = instance, design, as_targets(instance)
    fit(state, 0.1)
    return state


def model_of(instance, tolerance):
    """The estimator; groups have weight sqrt(size), here all of one size."""
    import skglm

    alpha = instance["lambda"]
    if instance["model"] == "multi-task":
        return skglm.MultiTaskLasso(alpha=alpha, fit_intercept=False, tol=tolerance, max_iter=1000)
    if instance["model"] == "group-lasso":
        size = instance["groupSize"]
        alpha *= math.sqrt(size)
        return skglm.GroupLasso(groups=size, alpha=alpha, fit_intercept=False, tol=tolerance, max_iter=1000)
    return skglm.SparseLogisticRegression(alpha=alpha, fit_intercept=False, tol=tolerance, max_iter=1000)


def fit(state, tolerance):
    """Fits once, and gives the seconds and the model."""
    instance, design, target = state
    model = model_of(instance, tolerance)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(design, target)
        seconds = time.perf_counter() - start
    return seconds, model


def solve(state, run):
    """Fits once; its rule bounds how far subgradients are from 0, so the runner finds the tolerance that does it."""
    seconds, model = fit(state, run["tolerance"])
    return seconds, {"coefficients": model.coef_.ravel()}, {}


serve(hello, load, solve)
