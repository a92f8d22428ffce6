"""The right answer of lesson 00."""


def double(x):
    """Twice as much as `x`.

    Parameters
    ----------
    x : number or array of any shape
        Left as it is.

    Returns
    -------
    like x
        Twice `x`: for an array, every number of it.
    """
    return 2 * x
