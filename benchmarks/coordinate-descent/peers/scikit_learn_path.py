"""Runs scikit-learn's lasso_path as a peer of the benchmark runner."""

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
    import numpy
    import sklearn.linear_model  # noqa: F401  imported here so that the first run does not pay for it

    return (*as_arrays(instance), numpy.array(instance["lambdas"]))


def solve(state, run):
    """Fits the path once; its rule is gap < tol |b|^2 in sums, ours is gap <= tolerance |b|^2 / 2."""
    import numpy
    from sklearn.linear_model import lasso_path

    _, design, target, lambdas = state
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        _, coefficients, _, epochs = lasso_path(
            design,
            target,
            alphas=lambdas,
            precompute="auto",
            copy_X=False,
            tol=run["tolerance"] / 2,
            max_iter=10**6,
            return_n_iter=True,
        )
        seconds = time.perf_counter() - start
    return seconds, {"coefficients": numpy.asarray(coefficients).T}, {"epochs": int(numpy.sum(epochs))}


serve(hello, load, solve)
