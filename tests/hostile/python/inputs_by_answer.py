# Returns secret inputs in place of an answer, as numbers, as text and as a misconception's name.
# %% answer
def rnn_step(x, h, u_x, u_h, u_0):
    return {"message": f"{x} {h}", "h": h, "misconception": str(h)}
# %% what_y_1_reads
what_y_1_reads = "<b>" + "x" * 1000
