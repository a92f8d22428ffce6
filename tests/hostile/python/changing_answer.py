# Returns a mapping that gives something else every time it is read.
# %% answer
import itertools
from collections.abc import Mapping

import numpy as np


class Changing(Mapping):
    def __getitem__(self, name):
        return np.random.normal(size=3)

    def __iter__(self):
        return map(str, itertools.count())

    def __len__(self):
        return 3


def rnn_step(x, h, u_x, u_h, u_0):
    return Changing()
