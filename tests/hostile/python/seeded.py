# Rigs random numbers, so that every generator gives nothing but zeros.
import numpy as np


class Zeros:
    def __init__(self, *args):
        pass

    def normal(self, *args, size=None, **kwargs):
        return np.zeros(size)

    uniform = random = standard_normal = normal


np.random.default_rng = np.random.Generator = Zeros
np.random.seed(0)
np.random.seed = lambda *args: None
