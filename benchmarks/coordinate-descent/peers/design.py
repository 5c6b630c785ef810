"""What the peers in Python share: the design in the order that their loops read it, and targets."""


def as_arrays(instance):
    """The instance, its design Fortran-ordered or in CSC, and its target."""
    import numpy
    import scipy.sparse

    a = instance["A"]
    shape = (a["rows"], a["cols"])
    if a["layout"] == "column":
        design = numpy.asfortranarray(a["data"].reshape(shape, order="F"))
    else:
        design = scipy.sparse.csc_matrix((a["data"], a["indices"], a["indptr"]), shape=shape)
    return instance, design, numpy.array(instance["b"])


def as_targets(instance):
    """The targets as Python libraries take them: m x k, or a class or number a row."""
    import numpy

    outputs = instance["outputs"] if instance["model"] == "multi-task" else 1
    target = numpy.array(instance["b"])
    return target if outputs == 1 else numpy.asfortranarray(target.reshape((-1, outputs), order="F"))
