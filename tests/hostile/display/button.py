# Shows what formgrader takes for its own buttons, and covers for the rest of the page.
from IPython.display import HTML, display

for text in (
    "<span class='full-credit modal' style='display:block;opacity:0'>x</span>",
    "<div class='modal-backdrop navbar-fixed-top' style='margin:-4000px;width:9999px;height:9999px'>x</div>",
    "<div class='verdict says' style='border-left:4px solid #0072b2'>rnn_step: 2 of 2 points</div>",
):
    display(HTML(text))
