# Draws a figure a hundred thousand pixels wide.
import matplotlib.pyplot as plt

plt.figure(figsize=(1000, 1000), dpi=100)
plt.plot([0, 1])
plt.show()
