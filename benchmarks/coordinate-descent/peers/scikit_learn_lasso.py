"""Runs scikit-learn's Lasso as a peer of the benchmark runner."""

import sys
import time
import warnings

from design import as_arrays
from peer import blas_name, serve


def hello():
    """Says which scikit-learn on which BLAS."""
    import numpy
    import scipy
    import sklearn

    details = {"numpy": numpy.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0]}
    return {"version": sklearn.__version__, "blas": blas_name(), "details": details}


def load(instance, params):
    """Brings the design into the order that scikit-learn works in: Fortran-ordered or CSC."""
    import sklearn.linear_model  # noqa: F401  imported here so that the first run does not pay for it

    return as_arrays(instance)


def solve(state, run):
    """Fits once; its rule is gap < tol |b|^2 in sums, ours is gap <= tolerance F(0), and F(0) = |b|^2 / 2 in sums."""
    from sklearn.linear_model import Lasso

    instance, design, target = state
    model = Lasso(
        alpha=instance["lambda"],
        fit_intercept=instance["intercept"],
        tol=run["tolerance"] / 2,
        max_iter=10**7,
        precompute=False,
        copy_X=instance["intercept"],
        selection="cyclic",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(design, target)
        seconds = time.perf_counter() - start
    solution = {"coefficients": model.coef_, "intercept": float(model.intercept_)}
    # One epoch touches each column at least once; scikit-learn reports no finer count.
    return seconds, solution, {"epochs": int(model.n_iter_)}


serve(hello, load, solve)
