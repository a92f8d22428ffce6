# [slow] Crashes in every cell, so that everything has to be set up again and again.
import ctypes

ctypes.string_at(0)
# %% last
import ctypes

ctypes.string_at(0)
# %% answer
import ctypes

ctypes.string_at(0)
# %% rnn_output
import ctypes

ctypes.string_at(0)
# %% rnn_forward
import ctypes

ctypes.string_at(0)
