"""JupyterHub for a course on one machine: learners fetch and hand in through nbgrader's exchange, instructors grade.

`docs/hub.md` says what has to be there before, and why each line is here.
"""

import grp

c = get_config()  # noqa: F821 — JupyterHub's, when it reads this file

c.Authenticator.allow_all = True  # whoever has an account on this machine
c.Spawner.default_url = "/lab"
c.Spawner.cmd = ["/opt/learners/bin/python", "-m", "jupyterhub.singleuser"]

SETTINGS = ("/opt/unrolled", "/opt/unrolled/docs/hub/instructors", "/opt/unrolled/unrolled/desk/jupyter")


def as_instructor(spawner):
    """Instructors get the course's own environment, and a server above the course's folder, for formgrader."""
    if spawner.user.name in grp.getgrnam("instructors").gr_mem:
        spawner.cmd = ["/opt/unrolled/.venv/bin/python", "-m", "jupyterhub.singleuser"]
        spawner.notebook_dir = "/srv/unrolled"
        spawner.environment = {
            "UNROLLED_COURSE": "/srv/unrolled/course",
            "JUPYTER_CONFIG_PATH": ":".join(SETTINGS),
        }


c.Spawner.pre_spawn_hook = as_instructor
