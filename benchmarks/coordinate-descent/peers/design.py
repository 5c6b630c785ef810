"""What the Lasso peers in Python share: the design in the order that their loops read it."""


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
