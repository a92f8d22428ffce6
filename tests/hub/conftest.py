"""A JupyterHub as `docs/hub.md` describes it, on a machine of its own: accounts, folders, programs."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.conftest import browser  # noqa: F401 — a fixture

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "build" / "hub"
ACCOUNTS = {"ina": 61001, "ada": 61002, "ben": 61003}
TOKEN = PASSWORD = "only-for-this-test"
CONFIG = """
load_subconfig("/opt/unrolled/docs/hub/jupyterhub_config.py")
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "{token}"
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub}
proxy = "from configurable_http_proxy.cli import main; main()"
c.ConfigurableHTTPProxy.command = ["/opt/learners/bin/python", "-c", proxy]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
serve = ["/opt/unrolled/.venv/bin/python", "-c", "from grader.cli import main; main()", "serve"]
desk = dict(name="desk", url="http://127.0.0.1:{desk}", user="ina", oauth_no_confirm=True,
            command=[*serve, "--course", "/srv/unrolled/desk", "--jobs", "1"])
c.JupyterHub.services = [dict(name="test", api_token="{token}"), desk]
c.JupyterHub.load_roles = [
    dict(name="test", services=["test"], scopes=["admin:users", "admin:servers", "access:servers", "read:hub"]),
    dict(name="user", scopes=["self", "access:services!service=desk"]),
]
"""


def settle_machine(machine: Path, wheel: Path) -> None:
    """Folders and accounts: what `docs/hub.md` has an administrator make."""
    for name in ("etc", "srv/hub", "srv/unrolled/course", "srv/unrolled/desk", "srv/exchange", "opt/unrolled", "home"):
        (machine / name).mkdir(parents=True)
    accounts = "".join(f"{name}:x:{uid}:{uid}::/home/{name}:/bin/sh\n" for name, uid in ACCOUNTS.items())
    groups = "".join(f"{name}:x:{uid}:\n" for name, uid in ACCOUNTS.items()) + "instructors:x:61000:ina\n"
    for name, more in (("passwd", accounts), ("group", groups), ("shadow", "")):
        (machine / "etc" / name).write_text(Path("/etc", name).read_text() + more)
    for name, uid in ACCOUNTS.items():
        (machine / "home" / name).mkdir(mode=0o700)
        os.chown(machine / "home" / name, uid, uid)
    os.chown(machine / "srv/unrolled", ACCOUNTS["ina"], 61000)
    for name in ("course", "desk"):
        os.chown(machine / "srv/unrolled" / name, ACCOUNTS["ina"], 61000)
    (machine / "srv/unrolled").chmod(0o2750)
    (machine / "srv/exchange").chmod(0o1777)
    packages = Path(sys.executable).parents[1] / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    for folder, own in (("opt/learners", wheel), ("environment", Path("/opt/unrolled"))):
        subprocess.run([outside_python(), "-m", "venv", "--without-pip", machine / folder], check=True)
        site = next((machine / folder / "lib").glob("python3.*/site-packages"))
        site.joinpath("all.pth").write_text(f"{own}\n{HUB}\n{packages}\n")
        shutil.copytree(packages.parents[2] / "share" / "jupyter", machine / folder / "share/jupyter", symlinks=True)
        shutil.copytree(packages.parents[2] / "etc" / "jupyter", machine / folder / "etc/jupyter")
    for settings in ("docs/hub/learners", "unrolled/desk/jupyter"):
        shutil.copytree(ROOT / settings, machine / "opt/learners/etc/jupyter", dirs_exist_ok=True)


def outside_python() -> str:
    """A Python of this version that every account may start."""
    version = f"python3.{sys.version_info.minor}"
    for path in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        folders = [Path(path).resolve(), *Path(path).resolve().parents]
        if folders[0].exists() and all(folder.stat().st_mode & 0o001 for folder in folders):
            return path
    pytest.skip(f"no {version} on this machine that other accounts may start")


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Hub:
    """The hub, as a browser and an administrator see it."""

    def __init__(self, url: str, machine: Path, process: subprocess.Popen):
        self.url, self.machine, self.process = url, machine, process

    def ask(self, path: str, method: str = "GET", data: dict | None = None, raw: bool = False):
        """What the hub, or somebody's server, answers."""
        body = None if data is None else json.dumps(data).encode()
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}{path}", body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.text = answer.read().decode()
                return answer if raw else json.loads(answer.text or "null")
        except urllib.error.HTTPError as error:
            pytest.fail(f"{method} {path}: {error.code} {error.read().decode()[:2000]}")

    def status(self, path: str) -> int:
        """The code of an answer."""
        request = urllib.request.Request(f"{self.url}{path}", headers={"Authorization": f"token {TOKEN}"})
        try:
            return urllib.request.urlopen(request, timeout=60).status
        except urllib.error.HTTPError as error:
            return error.code

    def start(self, *names: str) -> None:
        """Start servers, and wait for them."""
        for name in names:
            if self.status(f"/hub/api/users/{name}") == 404:  # who has signed in is there already
                self.ask(f"/hub/api/users/{name}", "POST")
            self.ask(f"/hub/api/users/{name}/server", "POST", {})
        deadline = time.monotonic() + 120
        while not all(self.ask(f"/hub/api/users/{name}")["servers"].get("", {}).get("ready") for name in names):
            assert time.monotonic() < deadline, f"not every server started: {self.log()}"
            time.sleep(0.2)

    def log(self) -> str:
        """The last that the hub had to say."""
        return (self.machine / "log").read_text()[-3000:]

    def run(self, name: str, *command: str) -> subprocess.CompletedProcess:
        """A command of somebody's, as in a terminal on that machine."""
        enter = ["nsenter", f"--target={self.process.pid}", "--mount", f"--wdns=/home/{name}"]
        become = ["setpriv", f"--reuid={name}", f"--regid={name}", "--init-groups", "--reset-env"]
        return subprocess.run([*enter, *become, *command], capture_output=True, text=True)


@pytest.fixture(scope="session")
def hub(tmp_path_factory):
    """A running hub."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("a hub with accounts of its own can be made on Linux, by root alone")
    if not (HUB / "jupyterhub").is_dir():
        pytest.skip("JupyterHub is not here: make hub")
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount folders")
    machine = tmp_path_factory.mktemp("machine")
    for folder in (machine, *machine.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o011)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(machine)]
    subprocess.run(command, cwd=ROOT / "unrolled", check=True, capture_output=True)
    wheel = machine / "wheel"
    shutil.unpack_archive(next(machine.glob("*.whl")), wheel, "zip")
    settle_machine(machine, wheel)
    ports = dict(zip(("port", "hub", "api", "desk"), free_ports(4)))
    (machine / "srv/hub/config.py").write_text(CONFIG.format(**ports, token=TOKEN))
    command = ["unshare", "--mount", "sh", str(ROOT / "tests/hub/start.sh")]
    command += ["/opt/learners/bin/python", "-m", "jupyterhub", "-f", "config.py"]
    env = {"PATH": os.environ["PATH"], "MACHINE": str(machine), "REPOSITORY": str(ROOT), "HOME": str(machine)}
    with (machine / "log").open("w") as log, subprocess.Popen(command, env=env, stdout=log, stderr=log) as process:
        hub = Hub(f"http://127.0.0.1:{ports['port']}", machine, process)
        try:
            wait_for(hub)
            yield hub
        finally:
            process.terminate()


def wait_for(hub: Hub) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and hub.process.poll() is None:
        try:
            urllib.request.urlopen(f"{hub.url}/hub/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterHub did not start: {hub.log()}")
