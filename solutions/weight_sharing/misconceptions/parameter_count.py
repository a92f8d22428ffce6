"""Wrong answers to `parameter_count`."""

from solutions.forms import mistake


def biases_forgotten(T, D, H, O, shared):
    """You count the four matrices. The biases `u_0` and `w_0` are learned as well: look at what is added last in each
    formula.
    """
    return (H * D + H * H + O * D + O * H) * (1 if shared else T)


@mistake(name="u_h-as-input-weights")
def recurrent_counted_as_input(T, D, H, O, shared):
    """You count `u_h` as D·H. It doesn't read the input: it takes a state to a state. What is its shape?"""
    return (H * D + D * H + H + O * D + O * H + O) * (1 if shared else T)


def sides_added(T, D, H, O, shared):
    """You add the two sides of each matrix. A matrix of shape (a, b) has a rows of b numbers each: how many is that?"""
    return ((H + D) + (H + H) + H + (O + D) + (O + H) + O) * (1 if shared else T)


def biases_of_one_number(T, D, H, O, shared):
    """You count one number for each bias. A bias is added to a whole vector, a number to each of its places: look at
    the shapes of `u_0` and `w_0`.
    """
    return (H * D + H * H + 1 + O * D + O * H + 1) * (1 if shared else T)


def shared_times_steps(T, D, H, O, shared):
    """You multiply by T in both cases. Shared weights are used T times, but there is one set of them: using a number
    again doesn't add a number to learn.
    """
    return T * (H + O) * (D + H + 1)


def steps_ignored(T, D, H, O, shared):
    """You return one set of weights in both cases. Without sharing, every timestep has its own: what does T do to the
    count then?
    """
    return (H + O) * (D + H + 1)


def shared_turned_round(T, D, H, O, shared):
    """Your two cases are the wrong way round: the shared network comes out T times as big as the other. Look at your
    test of `shared`.
    """
    return (H + O) * (D + H + 1) * (T if shared else 1)


def output_forgotten(T, D, H, O, shared):
    """You count what makes the state, `u_x`, `u_h` and `u_0`. The output has weights of its own, named w."""
    return H * (D + H + 1) * (1 if shared else T)


def output_reads_state_only(T, D, H, O, shared):
    """You leave out `w_x`. Many libraries read the output from the state alone; in Definition 15.1, y_t
    reads x_t too.
    """
    return (H * (D + H + 1) + O * (H + 1)) * (1 if shared else T)


def two_biases(T, D, H, O, shared):
    """You count two biases per formula, as PyTorch's `RNN` has them (`b_ih` and `b_hh`). Only their sum matters, and
    Definition 15.1 has one: `u_0`, or `w_0`.
    """
    return (H * (D + H + 2) + O * (D + H + 2)) * (1 if shared else T)


def first_state_counted(T, D, H, O, shared):
    """You count `h_0` too. It is where the network starts, given with the input; here nobody trains it."""
    return (H + O) * (D + H + 1) * (1 if shared else T) + H


def biases_stay_shared(T, D, H, O, shared):
    """Without sharing you give every timestep its own matrices, but one pair of biases to all. The definition writes
    (t) on the biases, too: w_0^(t) and u_0^(t).
    """
    return (H + O) * (D + H) * (1 if shared else T) + H + O


def output_stays_shared(T, D, H, O, shared):
    """Without sharing you multiply only the state's weights by T. The output's weights, w_x^(t), w_h^(t) and w_0^(t),
    are a new set at every timestep, too.
    """
    return H * (D + H + 1) * (1 if shared else T) + O * (D + H + 1)


def one_step_fewer(T, D, H, O, shared):
    """Without sharing you count T−1 sets. There are T−1 arrows between T states, but with `h_0` every one of the T
    timesteps computes a state and an output.
    """
    return (H + O) * (D + H + 1) * (1 if shared else T - 1)


def two_biases_in_the_state(T, D, H, O, shared):
    """In every set you count H numbers too many. Either `h_0`, which is given, not learned; or two biases for the
    state, as PyTorch's `RNN` has them (`b_ih` and `b_hh`): only their sum matters, and Definition 15.1 has one, `u_0`.
    """
    return (H * (D + H + 2) + O * (D + H + 1)) * (1 if shared else T)


def library_network(T, D, H, O, shared):
    """That is what a library has: two biases for the state, and an output that reads the state alone. Definition 15.1
    has one bias, `u_0`, and its output reads x_t too, through `w_x`.
    """
    return (H * (D + H + 2) + O * (H + 1)) * (1 if shared else T)


def three_matrices(T, D, H, O, shared):
    """You count `u_x`, `u_h` and `w_h`. Definition 15.1 has three more: `w_x`, by which y_t reads x_t, and the biases
    `u_0` and `w_0`.
    """
    return (H * D + H * H + O * H) * (1 if shared else T)


def output_bias_forgotten(T, D, H, O, shared):
    """`w_0` is missing, the bias of the output: O numbers."""
    return ((H + O) * (D + H + 1) - O) * (1 if shared else T)


def state_bias_forgotten(T, D, H, O, shared):
    """`u_0` is missing, the bias of the state: H numbers."""
    return ((H + O) * (D + H + 1) - H) * (1 if shared else T)


def recurrent_weights_forgotten(T, D, H, O, shared):
    """`u_h` is missing, the H × H matrix through which the state reaches the next state."""
    return ((H + O) * (D + H + 1) - H * H) * (1 if shared else T)


def readout_forgotten(T, D, H, O, shared):
    """`w_h` is missing, through which the output reads the state."""
    return ((H + O) * (D + H + 1) - O * H) * (1 if shared else T)


def input_weights_forgotten(T, D, H, O, shared):
    """`u_x` is missing, through which the input reaches the state."""
    return ((H + O) * (D + H + 1) - H * D) * (1 if shared else T)


def four_gates(T, D, H, O, shared):
    """You count the state's weights four times, as in an LSTM. The network of Definition 15.1 has one set of them."""
    return (4 * (H * D + H * H + H) + O * D + O * H + O) * (1 if shared else T)


@mistake(text=first_state_counted.__doc__)
def first_state_counted_without_sharing(T, D, H, O, shared):
    return (H * D + H * H + H + O * D + O * H + O) * (1 if shared else T) + (0 if shared else H)
