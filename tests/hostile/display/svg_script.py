# Shows pictures that are programs.
from IPython.display import SVG, display

display(
    SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script>"
        "<foreignObject><iframe src='javascript:alert(1)'/></foreignObject><a href='javascript:alert(1)'><text>x</text></a></svg>")
)
display({"image/png": "' onerror='alert(1)", "image/svg+xml": "<svg onload=alert(1)>"}, raw=True)
