# [slow] Shows HTML that takes hours to make safe: attributes and open tags by the hundred thousand.
from IPython.display import HTML, display

display(HTML("<p " + " ".join(f"a{place}=1" for place in range(40000)) + ">"))
display(HTML("<div>" * 50000))
