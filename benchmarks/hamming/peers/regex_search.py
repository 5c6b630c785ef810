"""Runs Python's regex module as a peer of the benchmark runner: a pattern with at most k substitutions."""

import sys
import time

from peer import serve


def hello():
    """Says which regex module."""
    import numpy
    import regex

    return {"version": regex.__version__, "details": {"numpy": numpy.__version__, "python": sys.version.split()[0]}}


def load(instance, params):
    """Compiles the pattern; the text becomes bytes."""
    import regex

    literal = regex.escape(instance["pattern"].tobytes())
    expression = b"(?:" + literal + b"){s<=" + str(int(instance["k"])).encode() + b"}"
    return regex.compile(expression), instance["text"].tobytes()


def solve(state, run):
    """Finds all windows; a match tells its number of substitutions."""
    import numpy

    expression, text = state
    start = time.perf_counter()
    found = [(match.start(), match.fuzzy_counts[0]) for match in expression.finditer(text, overlapped=True)]
    seconds = time.perf_counter() - start
    table = numpy.array(found, dtype=numpy.float64).reshape(len(found), 2)
    solution = {"positions": table[:, 0].copy(), "distances": table[:, 1].copy()}
    return seconds, solution, {"operations": len(text)}


serve(hello, load, solve)
