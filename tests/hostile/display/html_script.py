# Shows scripts, event handlers, frames and forms to whoever opens the graded notebook.
from IPython.display import HTML, IFrame, Javascript, display

display(
    Javascript("alert('@TOKEN@')"),
    IFrame("javascript:alert(1)", 1, 1),
    HTML("<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><iframe srcdoc='<script>1</script>'>"),
    HTML("<form action=http://evil.example><input name=a></form><meta http-equiv=refresh content='0;url=//evil.example'>"),
    HTML("<style>*{display:none}</style><a href='java\nscript:alert(1)'>x</a><base href=//evil.example>"),
    HTML("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>"),
)
