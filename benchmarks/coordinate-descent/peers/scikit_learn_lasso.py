"""Runs scikit-learn's Lasso as a peer of the benchmark runner (protocol 1: JSON lines, arrays in files)."""

import json
import os
import sys
import time
import warnings

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

TYPES = {"float64": "<f8", "float32": "<f4", "int32": "<i4", "uint32": "<u4", "uint8": "<u1"}


def read_tree(path):
    """Reads a line of JSON and the arrays after it."""
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


def write_solution(path, coefficients, intercept):
    """Writes coefficients and intercept in the same form."""
    array = numpy.ascontiguousarray(coefficients, "<f8")
    mark = {"type": "float64", "length": len(array), "offset": 0}
    tree = {"coefficients": {"$array": mark}, "intercept": float(intercept)}
    head = json.dumps({"format": "lemmata/arrays", "version": 1, "bytes": array.nbytes, "tree": tree})
    with open(path, "wb") as file:
        file.write(head.encode() + b"\n" + array.tobytes())


def send(message):
    """Sends one message."""
    print(json.dumps(message), flush=True)


def hello():
    """Says who we are and which BLAS we run on."""
    from threadpoolctl import threadpool_info

    libraries = [info for info in threadpool_info() if info["user_api"] == "blas"]
    blas = " ".join(f"{info['internal_api']} {info['version']}" for info in libraries) or "reference BLAS"
    details = {"numpy": numpy.__version__, "scipy": scipy.__version__, "python": sys.version.split()[0]}
    return {"type": "hello", "protocol": 1, "version": sklearn.__version__, "blas": blas, "details": details}


def design_of(instance):
    """The design in the order that scikit-learn works in: Fortran-ordered or CSC."""
    a = instance["A"]
    shape = (a["rows"], a["cols"])
    if a["layout"] == "column":
        return numpy.asfortranarray(a["data"].reshape(shape, order="F"))
    return scipy.sparse.csc_matrix((a["data"], a["indices"], a["indptr"]), shape=shape)


def main():
    folder = design = target = instance = None
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "hello":
            send(hello())
        elif message["type"] == "load":
            folder = message["folder"]
            instance = read_tree(message["file"])
            design = design_of(instance)
            target = numpy.array(instance["b"])
            send({"type": "loaded"})
        elif message["type"] == "run":
            # Its rule is gap < tol |b|^2 in sums; ours is gap <= tolerance F(0), and F(0) = |b|^2 / 2 in sums.
            model = sklearn.linear_model.Lasso(
                alpha=instance["lambda"],
                fit_intercept=instance["intercept"],
                tol=message["tolerance"] / 2,
                max_iter=10**7,
                precompute=False,
                copy_X=instance["intercept"],
                selection="cyclic",
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                start = time.perf_counter()
                model.fit(design, target)
                seconds = time.perf_counter() - start
            file = os.path.join(folder, "solution.bin")
            write_solution(file, model.coef_, model.intercept_)
            # One epoch touches each column at least once; scikit-learn reports no finer count.
            counts = {"epochs": int(model.n_iter_)}
            send({"type": "result", "seconds": seconds, "counts": counts, "file": file})
        elif message["type"] == "quit":
            return


try:
    import numpy
    import scipy.sparse
    import sklearn.linear_model
    import threadpoolctl  # noqa: F401  named here so that its absence is told before a run
except ImportError as missing:
    for line in sys.stdin:
        send({"type": "hello", "protocol": 1, "unsupported": str(missing)})
        break
else:
    main()
