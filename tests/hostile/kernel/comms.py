# Opens comms to widgets that don't exist and sends them full points.
from comm import create_comm

for target in ("jupyter.widget", "nbgrader", "grader"):
    channel = create_comm(target_name=target, data={"score": 100.0, "state": {"value": "<script>alert(1)</script>"}})
    channel.send({"method": "update", "state": {"score": 100.0}})
