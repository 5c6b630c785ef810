"""Runs submodlib's facility location as a peer of the benchmark runner."""

import contextlib
import sys
import time
from importlib.metadata import version

from peer import serve


def hello():
    """Says which submodlib."""
    import numpy
    import submodlib  # noqa: F401  fails here when it is missing

    return {
        "version": version("submodlib-py"),
        "details": {"numpy": numpy.__version__, "python": sys.version.split()[0]},
    }


def load(instance, params):
    """Gives the similarity the shape and type that submodlib takes without conversion."""
    import numpy

    n = instance["n"]
    return n, instance["k"], numpy.array(instance["similarity"], dtype=numpy.float32).reshape(n, n)


def solve(state, run):
    """Selects once; what the library prints must not reach the runner."""
    import numpy
    from submodlib import FacilityLocationFunction

    n, k, similarity = state
    with contextlib.redirect_stdout(sys.stderr):
        start = time.perf_counter()
        f = FacilityLocationFunction(n=n, mode="dense", separate_rep=False, sijs=similarity)
        chosen = f.maximize(budget=k, optimizer="LazyGreedy", show_progress=False)
        seconds = time.perf_counter() - start
    return seconds, {"selected": numpy.array([e for e, _ in chosen], dtype=numpy.int32)}, {}


serve(hello, load, solve)
