"""Collects what a cell shows, as notebook outputs, the way a notebook front end would."""

from __future__ import annotations

import io
import json
from typing import Any

from grader.confined.limits import Limits

TRUNCATED = "\n[output truncated: the cell showed more than {}]\n"


class Recorder:
    """Turns Jupyter's messages into a list of nbformat outputs, within limits of bytes and number."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.begin()

    def begin(self) -> None:
        """Forget everything; a new cell starts."""
        self.outputs: list[dict] = []
        self.displayed: list[tuple[str, dict]] = []
        self.text_left = self.limits.stream_bytes
        self.bytes_left = self.limits.output_bytes
        self.clear_next = False
        self.truncated = ""

    def take(self, kind: str, content: dict) -> None:
        """Act on one message; kinds that show nothing (status, comm messages, …) are passed over.

        A result or an error decides what a test earned, however much was shown before it.
        """
        action = getattr(self, f"_{kind}", None)
        if action and not (self.truncated and kind not in ("clear_output", "execute_result", "error")):
            action(content)

    def finish(self) -> list[dict]:
        """The cell's outputs, with a note if some were cut off."""
        if self.truncated:
            self.outputs.append(_stream("stdout", TRUNCATED.format(self.truncated)))
        for output in self.outputs:
            if output["output_type"] == "stream":
                output["text"] = "".join(output["text"])
        return self.outputs

    def write(self, name: str, text: str) -> None:
        """Record printed text."""
        if self.truncated or not text:
            return
        self._make_room()
        kept = text[: self.text_left]
        self.text_left -= len(kept)
        self._append_text(name, kept)
        if len(kept) < len(text):
            self.truncated = f"{self.limits.stream_bytes:,} characters of text"

    def _append_text(self, name: str, text: str) -> None:
        last = self.outputs[-1] if self.outputs else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"].append(text)
        else:
            self._add(_stream(name, text))

    def _stream(self, content: dict) -> None:
        self.write(content["name"], content["text"])

    def _display_data(self, content: dict) -> None:
        self._show("display_data", content, {})

    def _execute_result(self, content: dict) -> None:
        self._show("execute_result", content, {"execution_count": content.get("execution_count")})

    def _update_display_data(self, content: dict) -> None:
        wanted = (content.get("transient") or {}).get("display_id")
        bundle = self._bundle(content)
        for name, output in self.displayed:
            if bundle and name == wanted:
                output.update(bundle)

    def _clear_output(self, content: dict) -> None:
        self.clear_next = True
        if not content.get("wait"):
            self._make_room()

    def _error(self, content: dict) -> None:
        short = {key: _shorten(content[key]) for key in ("ename", "evalue")}
        traceback = [_shorten(line) for line in content["traceback"][-40:]]
        self._add({"output_type": "error", **short, "traceback": traceback})

    def _show(self, output_type: str, content: dict, more: dict) -> None:
        self._make_room()
        bundle = self._bundle(content)
        if not bundle:
            return
        output = {"output_type": output_type, **bundle, **more}
        name = (content.get("transient") or {}).get("display_id")
        if name is not None:
            self.displayed.append((str(name), output))
        self._add(output)

    def _bundle(self, content: dict) -> dict | None:
        bundle = {"data": content.get("data") or {}, "metadata": content.get("metadata") or {}}
        size = len(json.dumps(bundle))
        if size > self.bytes_left:
            self.truncated = f"{self.limits.output_bytes:,} bytes"
            return None
        self.bytes_left -= size
        return bundle

    def _add(self, output: dict) -> None:
        if len(self.outputs) < self.limits.outputs:
            self.outputs.append(output)
            return
        self.truncated = f"{self.limits.outputs} outputs"
        if output["output_type"] in ("execute_result", "error"):
            self.outputs[-1] = output

    def _make_room(self) -> None:
        if self.clear_next:
            self.outputs, self.displayed, self.clear_next = [], [], False


class Printed(io.TextIOBase):
    """Stands in for sys.stdout or sys.stderr and records what is written."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, recorder: Recorder, name: str):
        self.recorder = recorder
        self.name = f"<{name}>"
        self._stream_name = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.recorder.write(self._stream_name, text)
        return len(text)

    def close(self) -> None:
        """Stay open: a notebook's streams can't be closed."""


def _stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": [text]}


def _shorten(text: str, most: int = 20_000) -> str:
    return text if len(text) <= most else text[: most // 2] + "\n[…]\n" + text[-most // 2 :]
