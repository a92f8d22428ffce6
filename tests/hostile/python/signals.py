# Ignores the interrupt, and catches all signals it can.
import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, lambda *args: None)
    except OSError:
        pass
signal.signal = lambda *args: None
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    while True:
        pass
