# Shows Markdown and LaTeX that run code where they are rendered.
from IPython.display import Latex, Markdown, display

display(
    Markdown("<script>alert(1)</script>[x](javascript:alert(1)) ![x](x\" onerror=\"alert(1))"),
    Latex(r"$\href{javascript:alert(1)}{x}$ \unicode{<script>alert(1)</script>} $\require{html}\style{x}{y}$"),
)
