"""The reference LSTM beside PyTorch's, forward and backward, each on one thread."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from rich.table import Table

from benchmarks.budget import Budget
from solutions.gated_cells.reference import init_lstm, lstm_backward, lstm_forward

B, T, D, H = 32, 64, 64, 128
ALLOTTED, ROUNDS, ALLOWED = 12, 30, 1.2


def run(_: Budget) -> Table:
    """Measure in a process of its own, whose linear algebra has one thread from the start.

    What is set to have OpenBLAS take this processor for another one is left out: it would be measured instead.
    """
    as_it_comes = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-c", "from benchmarks.lstm import main; main()"]
    child = subprocess.run(command, env=as_it_comes | one_thread, capture_output=True, text=True, check=True)
    found = json.loads(child.stdout)
    table = Table("LSTM forward and backward", "milliseconds", title=f"B={B}, T={T}, D={D}, H={H}, float32, one thread")
    table.add_row("reference, NumPy", f"{found['reference']:.1f}")
    if "pytorch" not in found:
        table.add_row("PyTorch", "not installed")
        return table
    table.add_row("PyTorch", f"{found['pytorch']:.1f}")
    table.add_row(f"ratio (at most {ALLOWED})", f"{found['reference'] / found['pytorch']:.2f}")
    return table


def main() -> None:
    """Print the least processor time of each, in milliseconds, as JSON; measured in turns."""
    rng = np.random.default_rng(0)
    params = {name: value.astype(np.float32) for name, value in init_lstm(D, H, rng).items()}
    xs, dhs = (rng.normal(size=(B, T, size)).astype(np.float32) for size in (D, H))
    contestants = {"reference": _reference(params, xs, dhs)}
    with contextlib.suppress(ImportError):
        contestants["pytorch"] = _pytorch(params, xs, dhs)
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, contestant in contestants.items():
            start = time.process_time()
            contestant()
            times[name].append(time.process_time() - start)
    print(json.dumps({name: 1e3 * min(values) for name, values in times.items()}))


def _reference(params: dict, xs: np.ndarray, dhs: np.ndarray) -> Callable[[], None]:
    zeros = np.zeros((B, H), np.float32)

    def forward_and_backward() -> None:
        _, cache = lstm_forward(xs, zeros, zeros, params)
        lstm_backward(xs, cache, params, dhs)

    return forward_and_backward


def _pytorch(params: dict, xs: np.ndarray, dhs: np.ndarray) -> Callable[[], None]:
    import torch

    torch.set_num_threads(1)
    cell = torch.nn.LSTM(D, H, batch_first=True)
    with torch.no_grad():
        for name, weight in (("weight_ih_l0", "u_x"), ("weight_hh_l0", "u_h"), ("bias_ih_l0", "u_0")):
            getattr(cell, name).copy_(torch.tensor(params[weight]))
        cell.bias_hh_l0.zero_()
    inputs, wanted = torch.tensor(xs, requires_grad=True), torch.tensor(dhs)

    def forward_and_backward() -> None:
        cell.zero_grad()
        inputs.grad = None
        cell(inputs)[0].backward(wanted)

    return forward_and_backward
