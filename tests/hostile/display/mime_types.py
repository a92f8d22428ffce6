# Shows MIME types that front ends run: widgets, Vega, Plotly, JavaScript modules, data resources.
from IPython.display import display

for kind in (
    "application/javascript", "text/javascript", "application/vnd.jupyter.widget-view+json", "application/vdom.v1+json",
    "application/vnd.vegalite.v5+json", "application/vnd.plotly.v1+json", "application/pdf", "text/html; charset=x",
    "application/vnd.bokehjs_exec.v0+json", "application/geo+json", "application/vnd.holoviews_load.v0+json",
):
    display({kind: "<script>alert(1)</script>", "text/plain": "2.0"}, raw=True)
