# Lowers its own limit of processor time to be killed by the system, as if by somebody else.
import resource

resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
while True:
    pass
