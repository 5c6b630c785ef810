"""Runs skglm's Lasso as a peer of the benchmark runner."""

import sys
import time
import warnings

from design import as_arrays
from peer import serve


def hello():
    """Says which skglm."""
    import numba
    import skglm

    return {"version": skglm.__version__, "details": {"numba": numba.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Brings the design into the order that skglm works in, and lets it compile: that is paid once a process."""
    state = as_arrays(instance)
    fit(state, 0.1)
    return state


def fit(state, tolerance):
    """Fits once, and gives the seconds and the model."""
    from skglm import Lasso

    instance, design, target = state
    model = Lasso(alpha=instance["lambda"], fit_intercept=instance["intercept"], tol=tolerance, max_iter=1000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(design, target)
        seconds = time.perf_counter() - start
    return seconds, model


def solve(state, run):
    """Fits once; its rule bounds how far subgradients are from 0, so the runner finds the tolerance that does it."""
    seconds, model = fit(state, run["tolerance"])
    return seconds, {"coefficients": model.coef_, "intercept": float(model.intercept_)}, {"epochs": int(model.n_iter_)}


serve(hello, load, solve)
