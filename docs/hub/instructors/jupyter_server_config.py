"""For instructors' servers on a hub: formgrader opens in a frame of JupyterLab, which JupyterHub forbids otherwise."""

c = get_config()  # noqa: F821 — Jupyter's, when it reads this file
c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
