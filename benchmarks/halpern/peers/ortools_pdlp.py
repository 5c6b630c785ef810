"""Runs PDLP of OR-Tools as a peer of the benchmark runner."""

import sys
import time

from peer import serve


def hello():
    """Says which OR-Tools."""
    import numpy
    import ortools
    import ortools.pdlp.python.pdlp  # noqa: F401
    import scipy.sparse  # noqa: F401  load needs it

    return {"version": ortools.__version__, "details": {"numpy": numpy.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Brings the program into PDLP's own form."""
    import numpy
    import ortools.pdlp.python.pdlp as pdlp
    import scipy.sparse
    from ortools.pdlp import solvers_pb2  # noqa: F401  imported here so that the first run does not pay for it

    a = instance["A"]
    shape = (a["rows"], a["cols"])
    program = pdlp.QuadraticProgram()
    program.objective_vector = numpy.array(instance["c"])
    program.constraint_matrix = scipy.sparse.csr_matrix((a["data"], a["indices"], a["indptr"]), shape=shape).tocsc()
    program.constraint_lower_bounds = numpy.array(instance["rowLower"])
    program.constraint_upper_bounds = numpy.array(instance["rowUpper"])
    program.variable_lower_bounds = numpy.array(instance["colLower"])
    program.variable_upper_bounds = numpy.array(instance["colUpper"])
    return program


def solve(state, run):
    """Solves once; its three errors are relative as ours are."""
    import ortools.pdlp.python.pdlp as pdlp
    from ortools.pdlp import solvers_pb2

    params = solvers_pb2.PrimalDualHybridGradientParams()
    criteria = params.termination_criteria
    criteria.simple_optimality_criteria.eps_optimal_absolute = run["tolerance"]
    criteria.simple_optimality_criteria.eps_optimal_relative = run["tolerance"]
    criteria.time_sec_limit = run["maxSeconds"]
    params.num_threads = run["threads"]
    start = time.perf_counter()
    result = pdlp.primal_dual_hybrid_gradient(state, params)
    seconds = time.perf_counter() - start
    log = result.solve_log
    counts = {"iterations": log.iteration_count, "matvecs": 2 * log.solution_stats.cumulative_kkt_matrix_passes}
    return seconds, {"x": result.primal_solution, "y": result.dual_solution}, counts


serve(hello, load, solve)
