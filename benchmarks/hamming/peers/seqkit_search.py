"""Runs seqkit's `locate` as a peer of the benchmark runner: one strand, at most k mismatches."""

import os
import shutil
import subprocess
import tempfile
import time

from peer import serve


def hello():
    """Says which seqkit."""
    if shutil.which("seqkit") is None:
        raise ImportError("seqkit is not installed")
    version = subprocess.run(["seqkit", "version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return {"version": version, "details": {}}


def load(instance, params):
    """Writes the text as one record."""
    folder = tempfile.mkdtemp()
    file = os.path.join(folder, "text.fa")
    with open(file, "wb") as out:
        out.write(b">text\n" + instance["text"].tobytes() + b"\n")
    return file, instance["pattern"].tobytes().decode(), int(instance["k"]), instance


def solve(state, run):
    """Locates the windows; seqkit does not tell distances, so they are counted afterwards, untimed."""
    import numpy

    file, pattern, k, instance = state
    command = ["seqkit", "locate", "-p", pattern, "-m", str(k), "-P", "-j", "1", "--bed", file]
    start = time.perf_counter()
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds = time.perf_counter() - start
    places = sorted(int(line.split("\t")[1]) for line in output.splitlines())
    text, letters = instance["text"], instance["pattern"]
    counted = [int((text[at : at + len(letters)] != letters).sum()) for at in places]
    solution = {
        "positions": numpy.array(places, dtype=numpy.float64),
        "distances": numpy.array(counted, dtype=numpy.float64),
    }
    return seconds, solution, {"operations": len(text)}


serve(hello, load, solve)
