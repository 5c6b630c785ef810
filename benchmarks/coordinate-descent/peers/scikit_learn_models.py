"""Runs scikit-learn's multi-task Lasso and L1 logistic and softmax regressions as a peer of the benchmark runner."""

import sys
import time
import warnings

from design import as_arrays, as_targets
from peer import blas_name, serve


def hello():
    """Says which scikit-learn on which BLAS."""
    import numpy
    import scipy
    import sklearn

    details = {"numpy": numpy.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0]}
    return {"version": sklearn.__version__, "blas": blas_name(), "details": details}


def load(instance, params):
    """Brings the design into the order that the model works in: rows for saga and liblinear, else columns."""
    import numpy
    import scipy.sparse
    import sklearn.linear_model  # noqa: F401  imported here so that the first run does not pay for it

    instance, design, _ = as_arrays(instance)
    if instance["model"] != "multi-task":
        design = design.tocsr() if scipy.sparse.issparse(design) else numpy.ascontiguousarray(design)
    return instance, design, as_targets(instance)


def model_of(instance, tolerance):
    """The estimator; C is one over the weight of the penalty in sums."""
    from sklearn.linear_model import LogisticRegression, MultiTaskLasso

    if instance["model"] == "multi-task":
        return MultiTaskLasso(alpha=instance["lambda"], fit_intercept=False, tol=tolerance, max_iter=10**7)
    return LogisticRegression(
        l1_ratio=1,
        C=1 / (instance["lambda"] * instance["A"]["rows"]),
        solver="liblinear" if instance["model"] == "logistic" else "saga",
        fit_intercept=False,
        tol=tolerance,
        max_iter=10**6,
        random_state=0,
    )


def solve(state, run):
    """Fits once; its rules are of several kinds, so the runner finds the tolerance that does it."""
    instance, design, target = state
    model = model_of(instance, run["tolerance"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(design, target)
        seconds = time.perf_counter() - start
    epochs = model.n_iter_ if instance["model"] == "multi-task" else model.n_iter_[0]
    return seconds, {"coefficients": model.coef_.ravel()}, {"epochs": int(epochs)}


serve(hello, load, solve)
