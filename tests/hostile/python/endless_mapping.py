# Returns a list that contains itself, and deeper ones.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    answer = []
    answer.append(answer)
    return answer
