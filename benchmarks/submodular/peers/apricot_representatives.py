"""Runs apricot's facility location as a peer of the benchmark runner."""

import contextlib
import sys
import time
from importlib.metadata import version

from peer import serve


def hello():
    """Says which apricot on which Numba."""
    import apricot  # noqa: F401  fails here when it is missing

    details = {name: version(name) for name in ("numba", "numpy")}
    return {"version": version("apricot-select"), "details": {**details, "python": sys.version.split()[0]}}


def load(instance, params):
    """Gives the similarity the shape and type that apricot takes without conversion."""
    import numpy

    n = instance["n"]
    return instance["k"], numpy.array(instance["similarity"], dtype=numpy.float64).reshape(n, n)


def solve(state, run):
    """Selects once; what the library prints must not reach the runner."""
    import numpy
    from apricot import FacilityLocationSelection

    k, similarity = state
    with contextlib.redirect_stdout(sys.stderr):
        start = time.perf_counter()
        model = FacilityLocationSelection(k, metric="precomputed", optimizer="lazy").fit(similarity)
        seconds = time.perf_counter() - start
    return seconds, {"selected": numpy.array(model.ranking, dtype=numpy.int32)}, {}


serve(hello, load, solve)
