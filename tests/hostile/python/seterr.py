# Turns warnings into errors, and errors into silence, for everybody.
import warnings

import numpy as np

np.seterr(all="raise")
warnings.simplefilter("error")
warnings.warn = None
np.errstate = None
