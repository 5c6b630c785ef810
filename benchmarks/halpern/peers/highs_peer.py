"""Runs HiGHS as a peer of the benchmark runner."""

import os
import sys
import time

from peer import serve

# HiGHS writes a banner to standard output, which belongs to the protocol: its own goes to standard error.
sys.stdout = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def hello():
    """Says which HiGHS."""
    import highspy
    import numpy
    import scipy.sparse  # noqa: F401  load needs it

    version = highspy.Highs().version()
    return {"version": version, "details": {"numpy": numpy.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Brings the program into HiGHS's own form: a matrix by columns in memory."""
    import highspy
    import numpy
    import scipy.sparse

    a = instance["A"]
    shape = (a["rows"], a["cols"])
    matrix = scipy.sparse.csr_matrix((a["data"], a["indices"], a["indptr"]), shape=shape).tocsc()
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = shape
    program.col_cost_ = numpy.array(instance["c"])
    program.col_lower_ = numpy.array(instance["colLower"])
    program.col_upper_ = numpy.array(instance["colUpper"])
    program.row_lower_ = numpy.array(instance["rowLower"])
    program.row_upper_ = numpy.array(instance["rowUpper"])
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = matrix.indptr
    program.a_matrix_.index_ = matrix.indices
    program.a_matrix_.value_ = matrix.data
    return program, params["solver"]


def solve(state, run):
    """Solves once: passing the program and reading the answer are part of the public call."""
    import highspy
    import numpy

    program, solver = state
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("solver", solver)
    model.setOptionValue("threads", run["threads"])
    model.setOptionValue("parallel", "off")
    if solver == "pdlp":
        model.setOptionValue("kkt_tolerance", max(run["tolerance"], 1e-10))
    start = time.perf_counter()
    model.passModel(program)
    model.run()
    solution = model.getSolution()
    seconds = time.perf_counter() - start
    info = model.getInfo()
    iterations = {
        "simplex": info.simplex_iteration_count,
        "ipm": info.ipm_iteration_count,
        "pdlp": info.pdlp_iteration_count,
    }
    answer = {"x": numpy.array(solution.col_value), "y": numpy.array(solution.row_dual)}
    return seconds, answer, {"iterations": max(0, int(iterations[solver]))}


serve(hello, load, solve)
