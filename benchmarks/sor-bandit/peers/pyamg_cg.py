"""Runs PyAMG's Ruge-Stueben multigrid as preconditioner of its conjugate gradients as a peer of the benchmark runner."""

import sys

from peer import blas_name, serve
from sequence import Sequence


def hello():
    """Says which PyAMG."""
    import numpy
    import pyamg
    import scipy

    details = {"numpy": numpy.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0]}
    return {"version": pyamg.__version__, "blas": blas_name(), "details": details}


def load(instance, params):
    """Arranges the parts in CSR."""
    import pyamg  # noqa: F401  imported here so that the first run does not pay for it

    return Sequence(instance)


def solve(sequence, run):
    """Solves the sequence once: a new hierarchy for each matrix."""
    from pyamg import ruge_stuben_solver
    from scipy.sparse import csr_matrix

    pattern = sequence.stiffness
    iterations = 0

    def solve_one(t, b, before):
        nonlocal iterations
        matrix = csr_matrix((sequence.entries(t), pattern.indices, pattern.indptr), shape=pattern.shape)
        residuals = []
        x = ruge_stuben_solver(matrix).solve(b, x0=before, tol=run["tolerance"], accel="cg", residuals=residuals, maxiter=1000)
        iterations += len(residuals) - 1
        return x

    seconds, x = sequence.walk(solve_one)
    return seconds, {"x": x}, {"iterations": iterations}


serve(hello, load, solve)
