"""What the Python peers share: the protocol of the benchmark runner, version 1 (JSON lines, arrays in files).

A peer imports this module before its library, and calls `serve`. One thread, whatever the library would like.
"""

import json
import os
import sys

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

TYPES = {
    "float64": "<f8",
    "float32": "<f4",
    "int32": "<i4",
    "uint32": "<u4",
    "int16": "<i2",
    "uint16": "<u2",
    "int8": "i1",
    "uint8": "u1",
    "uint8-clamped": "u1",
}
NAMES = {"f8": "float64", "f4": "float32", "i4": "int32", "u4": "uint32", "i2": "int16", "u2": "uint16", "i1": "int8", "u1": "uint8"}


def read_tree(path):
    """Reads a line of JSON and the arrays after it, as NumPy arrays."""
    import numpy

    with open(path, "rb") as file:
        head = json.loads(file.readline())
        data = file.read()

    def visit(value):
        if isinstance(value, list):
            return [visit(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "$number" in value:
            return float(value["$number"].replace("Infinity", "inf"))
        if "$array" in value:
            mark = value["$array"]
            return numpy.frombuffer(data, TYPES[mark["type"]], mark["length"], mark["offset"])
        return {key: visit(member) for key, member in value.items()}

    return visit(head["tree"])


def write_tree(path, tree):
    """Writes a tree of dictionaries, lists, numbers, texts and NumPy arrays in the same form."""
    import numpy

    arrays = []
    size = 0

    def visit(value):
        nonlocal size
        if isinstance(value, dict):
            return {key: visit(member) for key, member in value.items()}
        if isinstance(value, (list, tuple)):
            return [visit(item) for item in value]
        if not isinstance(value, numpy.ndarray):
            return value
        array = numpy.ascontiguousarray(value).ravel()
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        mark = {"type": NAMES[array.dtype.str[1:]], "length": array.size, "offset": size}
        padding = -array.nbytes % 8
        arrays.append(array.tobytes() + bytes(padding))
        size += array.nbytes + padding
        return {"$array": mark}

    head = {"tree": visit(tree), "format": "lemmata/arrays", "version": 1, "bytes": size}
    with open(path, "wb") as file:
        file.write(json.dumps(head).encode() + b"\n" + b"".join(arrays))


def blas_name():
    """Names the BLAS of NumPy in this process, for `hello`; needs threadpoolctl."""
    from threadpoolctl import threadpool_info

    libraries = [info for info in threadpool_info() if info["user_api"] == "blas"]
    return " ".join(f"{info['internal_api']} {info['version']}" for info in libraries) or "reference BLAS"


def send(message):
    """Sends one message."""
    print(json.dumps(message), flush=True)


def serve(hello, load, solve):
    """Answers the runner until it says quit.

    hello() -> {"version": ..., "blas": ..., "details": {...}}; an ImportError in it makes the peer unsupported.
    load(instance, params) -> state: arranges the data, untimed.
    solve(state, run) -> (seconds, solution, counts): times itself with time.perf_counter around the library's public
    call; `run` has `tolerance`, `target`, `seed`, `maxSeconds`.
    """
    state = folder = None
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "hello":
            try:
                send({"type": "hello", "protocol": 1, **hello()})
            except ImportError as missing:
                send({"type": "hello", "protocol": 1, "unsupported": str(missing)})
        elif message["type"] == "load":
            folder = message["folder"]
            state = load(read_tree(message["file"]), message["params"])
            send({"type": "loaded"})
        elif message["type"] == "run":
            seconds, solution, counts = solve(state, message)
            file = os.path.join(folder, "solution.bin")
            write_tree(file, solution)
            send({"type": "result", "seconds": seconds, "counts": counts, "file": file})
        elif message["type"] == "quit":
            return
