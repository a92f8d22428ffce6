# Shows a hundred thousand small outputs.
from IPython.display import display

for place in range(10**5):
    display(place)
