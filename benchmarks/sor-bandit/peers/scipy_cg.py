"""Runs SciPy's conjugate gradients, or its sparse direct solver, as a peer of the benchmark runner."""

import sys

from peer import blas_name, serve
from sequence import Sequence


def hello():
    """Says which SciPy on which BLAS."""
    import numpy
    import scipy

    details = {"numpy": numpy.__version__, "python": sys.version.split()[0]}
    return {"version": scipy.__version__, "blas": blas_name(), "details": details}


def load(instance, params):
    """Arranges the parts in CSR."""
    import scipy.sparse.linalg  # noqa: F401  imported here so that the first run does not pay for it

    return Sequence(instance), params["method"]


def solve(state, run):
    """Solves the sequence once."""
    import numpy
    from scipy.sparse import csc_matrix, csr_matrix
    from scipy.sparse.linalg import cg, splu

    sequence, method = state
    shape = (sequence.n, sequence.n)
    pattern = sequence.stiffness
    iterations = 0

    def count(_):
        nonlocal iterations
        iterations += 1

    def by_cg(t, b, before):
        matrix = csr_matrix((sequence.entries(t), pattern.indices, pattern.indptr), shape=shape)
        x, _ = cg(matrix, b, x0=before, rtol=run["tolerance"], atol=0.0, maxiter=10**6, callback=count)
        return x

    def by_jacobi(t, b, before):
        # With D^-1/2 A D^-1/2 the preconditioner costs nothing an iteration; SciPy calls others from Python.
        values = sequence.entries(t)
        half = 1 / numpy.sqrt(values[sequence.diagonal_at])
        values *= numpy.repeat(half, numpy.diff(pattern.indptr)) * half[pattern.indices]
        matrix = csr_matrix((values, pattern.indices, pattern.indptr), shape=shape)
        x, _ = cg(matrix, half * b, x0=before / half, rtol=run["tolerance"], atol=0.0, maxiter=10**6, callback=count)
        return half * x

    def directly(t, b, before):
        # K is symmetric: its CSR arrays are its CSC arrays.
        matrix = csc_matrix((sequence.entries(t), pattern.indices, pattern.indptr), shape=shape)
        return splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}, diag_pivot_thresh=0.0).solve(b)

    seconds, x = sequence.walk({"cg": by_cg, "jacobi-cg": by_jacobi, "splu": directly}[method])
    return seconds, {"x": x}, {"iterations": iterations}


serve(hello, load, solve)
