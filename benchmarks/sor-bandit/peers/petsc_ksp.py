"""Runs PETSc's Krylov solvers with SOR or Eisenstat's preconditioner as a peer of the benchmark runner."""

import glob
import os
import sys

os.environ.setdefault("OMPI_ALLOW_RUN_AS_ROOT", "1")
os.environ.setdefault("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1")
# Debian keeps the module beside the library.
sys.path.extend(sorted(glob.glob("/usr/lib/petscdir/petsc*/*-real/lib/python3/dist-packages")))

from peer import serve
from sequence import Sequence


def hello():
    """Says which PETSc."""
    import numpy
    import scipy
    from petsc4py import PETSc

    version = ".".join(str(part) for part in PETSc.Sys.getVersion())
    return {"version": version, "details": {"numpy": numpy.__version__, "scipy": scipy.__version__}}


def load(instance, params):
    """Makes matrix, vectors and solver; nothing of a run is in them."""
    from petsc4py import PETSc

    sequence = Sequence(instance)
    pattern = sequence.stiffness
    size = (sequence.n, sequence.n)
    stiffness = PETSc.Mat().createAIJ(size=size, csr=(pattern.indptr, pattern.indices, pattern.data), comm=PETSc.COMM_SELF)
    matrix = stiffness.duplicate(copy=True)
    ksp = PETSc.KSP().create(comm=PETSc.COMM_SELF)
    ksp.setOperators(matrix)
    options = PETSc.Options()
    omega = params["omega"]
    if params["method"] == "cg-eisenstat":
        options["ksp_type"] = "cg"
        options["pc_type"] = "eisenstat"
        options["pc_eisenstat_omega"] = omega
    else:
        options["ksp_type"] = "cg" if params["method"] == "cg-sor" else "richardson"
        options["pc_type"] = "sor"
        options["pc_sor_omega"] = omega
        options["pc_sor_symmetric" if params["method"] == "cg-sor" else "pc_sor_forward"] = True
        options["ksp_norm_type"] = "unpreconditioned"
    ksp.setFromOptions()
    ksp.setInitialGuessNonzero(True)
    return sequence, stiffness, matrix, ksp, matrix.createVecRight(), matrix.createVecRight()


def solve(state, run):
    """Solves the sequence once; tolerances are relative to |b| for the true residual, else to PETSc's own norm."""
    from petsc4py import PETSc

    sequence, stiffness, matrix, ksp, right, solution = state
    ksp.setTolerances(rtol=run["tolerance"], atol=1e-300, divtol=1e300, max_it=10**6)
    iterations = 0
    mass = matrix.createVecRight()

    def solve_one(t, b, before):
        nonlocal iterations
        stiffness.copy(matrix, structure=PETSc.Mat.Structure.SAME_NONZERO_PATTERN)
        matrix.scale(sequence.factors[t])
        mass.setArray(sequence.masses[sequence.mass_of[t]])
        matrix.setDiagonal(mass, addv=PETSc.InsertMode.ADD_VALUES)
        right.setArray(b)
        solution.setArray(before)
        ksp.setOperators(matrix)
        ksp.solve(right, solution)
        iterations += ksp.getIterationNumber()
        return solution.getArray(readonly=True)

    seconds, x = sequence.walk(solve_one)
    return seconds, {"x": x}, {"iterations": iterations}


serve(hello, load, solve)
