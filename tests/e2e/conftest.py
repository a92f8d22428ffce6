"""A real JupyterLab and a real browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ROOT = Path(__file__).parents[2]
TOKEN = "only-for-this-test"
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none", "kernelShutdown": True},
    "apputils-extension/themes": {"adaptive-theme": True},  # as the browser wishes: light or dark
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
}


@pytest.fixture(scope="session")
def browser():
    """Chromium, headless."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        args = ["--disable-gpu", "--disable-background-networking", "--disable-sync", "--disable-quic"]
        args += ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory):
    """A JupyterLab server: `(folder, home, url)`."""
    folder, home = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("home")
    for name, settings in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings))
    env = os.environ | {
        "HOME": str(home),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "UNROLLED_PROGRESS": str(home / "progress.json"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
    with (home / "lab.log").open("w") as log, subprocess.Popen(command, env=env, stdout=log, stderr=log) as server:
        try:
            yield folder, home, _url(home / "runtime", home / "lab.log")
        finally:
            server.terminate()


@pytest.fixture
def lab(jupyterlab):
    """A running JupyterLab over an empty folder: `(folder, url)`; the caller puts notebooks in."""
    folder, home, url = jupyterlab
    yield folder, url
    end_kernels(url)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (home / "progress.json").unlink(missing_ok=True)


def end_kernels(url: str) -> None:
    """End all kernels, as a night does."""
    with urlopen(f"{url}api/sessions?token={TOKEN}") as answer:
        sessions = json.load(answer)
    for session in sessions:
        urlopen(Request(f"{url}api/sessions/{session['id']}?token={TOKEN}", method="DELETE")).close()


FORMGRADER_CONFIG = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from grader.nbgrader.bridge import configure
c = get_config()
configure(c, Path.cwd())
"""


@pytest.fixture(scope="module")
def formgrader(tmp_path_factory):
    """Starts formgrader over the folder that holds the course: `start(folder)` gives its address."""
    with ExitStack() as servers:

        def start(folder: Path) -> str:
            home = tmp_path_factory.mktemp("home")
            (folder / "nbgrader_config.py").write_text(FORMGRADER_CONFIG.format(root=str(ROOT)))
            names = {name: str(home / name.lower()) for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")}
            command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1", "--port=0"]
            command += ["--allow-root", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"]
            command += ['--ServerApp.jpserver_extensions={"nbgrader.server_extensions.formgrader": True}']
            log, env = servers.enter_context((home / "log").open("w")), os.environ | {"HOME": str(home)} | names
            server = servers.enter_context(subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log))
            servers.callback(server.terminate)
            return _url(home / "jupyter_runtime_dir", home / "log")

        yield start


def _url(runtime: Path, log: Path) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        for path in runtime.glob("jpserver-*.json"):
            return json.loads(path.read_text())["url"]
        time.sleep(0.2)
    pytest.fail(f"Jupyter did not start within two minutes: {log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def profile(browser):
    """What a browser keeps from one page to the next: JupyterLab's scripts are read and compiled once."""
    return browser.new_context(viewport={"width": 1200, "height": 1400})


@pytest.fixture
def open_notebook(profile, lab):
    """`open_notebook(path, dark=False)` opens a notebook of the lab's folder; returns Playwright's page."""
    _, url = lab
    pages = []

    def open_(path: str, dark: bool = False):
        page = profile.new_page()
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_default_timeout(60_000)
        page.goto(f"{url}lab/tree/{path}?token={TOKEN}&reset")
        page.locator(".jp-NotebookPanel-notebook .jp-Cell").first.wait_for()
        page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for()
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()


def run_all(page) -> None:
    """Run every cell and wait until the last has run."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = page.locator(".jp-NotebookPanel-notebook .jp-CodeCell").last
    page.wait_for_function(
        "cell => /\\[\\d+\\]/.test(cell.querySelector('.jp-InputPrompt').textContent)", arg=last.element_handle()
    )
