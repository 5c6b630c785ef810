"""What the Python peers share: walking through a sequence of systems. A_t = diag(m_t) + f_t K; see systems.ts."""

import time


class Sequence:
    """The parts of the systems as NumPy and SciPy arrays."""

    def __init__(self, instance):
        import numpy
        import scipy.sparse

        self.n = int(instance["n"])
        self.steps = int(instance["steps"])
        self.coupled = instance["coupled"] == 1
        shape = (self.n, self.n)
        self.stiffness = scipy.sparse.csr_matrix(
            (numpy.array(instance["data"]), numpy.array(instance["indices"]), numpy.array(instance["indptr"])), shape=shape
        )
        rows = numpy.repeat(numpy.arange(self.n), numpy.diff(self.stiffness.indptr))
        self.diagonal_at = numpy.flatnonzero(rows == self.stiffness.indices)
        self.factors = instance["factors"]
        self.masses = instance["masses"].reshape(-1, self.n)
        self.mass_of = instance["massOf"]
        self.sources = instance["sources"].reshape(-1, self.n)
        self.source_of = instance["sourceOf"]
        self.initial = numpy.array(instance["initial"])

    def entries(self, t):
        """The entries of A_t over the pattern of K."""
        values = self.factors[t] * self.stiffness.data
        values[self.diagonal_at] += self.masses[self.mass_of[t]]
        return values

    def right(self, t, before):
        """b_t, given the solution of the system before."""
        source = self.sources[self.source_of[t]]
        if not self.coupled:
            return source.copy()
        return source + self.masses[self.mass_of[t]] * before - self.factors[t] * (self.stiffness @ before)

    def walk(self, solve_one):
        """Solves all systems: solve_one(t, b, before) -> x. Gives seconds and all solutions."""
        import numpy

        x = numpy.empty((self.steps, self.n))
        start = time.perf_counter()
        before = self.initial
        for t in range(self.steps):
            x[t] = solve_one(t, self.right(t, before), before)
            before = x[t]
        return time.perf_counter() - start, x.ravel()
