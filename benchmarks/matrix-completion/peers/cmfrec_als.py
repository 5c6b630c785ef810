"""Runs cmfrec's alternating least squares as a peer of the benchmark runner."""

import sys
import time
from importlib.metadata import version

from peer import serve


def hello():
    """Says which cmfrec."""
    import cmfrec  # noqa: F401  fails here when it is missing
    import numpy

    return {"version": version("cmfrec"), "details": {"numpy": numpy.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Gives the entries the form that cmfrec takes without conversion."""
    import numpy
    from scipy.sparse import coo_matrix

    places = (numpy.array(instance["rowOf"]), numpy.array(instance["colOf"]))
    shape = (int(instance["rows"]), int(instance["cols"]))
    return instance, params["method"], coo_matrix((instance["values"].astype(numpy.float32), places), shape=shape)


def solve(state, run):
    """Fits once; what only later predictions need is left out."""
    import numpy
    from cmfrec import CMF

    instance, method, entries = state
    model = CMF(
        k=int(instance["rank"]),
        lambda_=instance["lambda"],
        scale_lam=True,
        method="als",
        use_cg=method == "cg",
        max_cg_steps=3,
        finalize_chol=True,
        niter=int(instance["rounds"]),
        precompute_for_predictions=False,
        random_state=int(run["seed"][:7], 16),
        nthreads=1,
        verbose=False,
    )
    start = time.perf_counter()
    model.fit(entries)
    seconds = time.perf_counter() - start
    solution = {
        "U": numpy.asarray(model.A_),
        "V": numpy.asarray(model.B_),
        "rowBiases": numpy.asarray(model.user_bias_),
        "colBiases": numpy.asarray(model.item_bias_),
        "mean": float(model.glob_mean_),
    }
    return seconds, solution, {"rounds": int(instance["rounds"])}


serve(hello, load, solve)
