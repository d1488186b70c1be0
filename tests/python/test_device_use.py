"""What a run takes of its machine, told by a program beside it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from conftest import SCRIPTS

# Two GPUs of a driver that is not there, as its binding says it: the run is on the second, whose power is not told.
TWO_GPUS = """
class NVMLError(Exception): pass
class Told:
    def __init__(self, **given): self.__dict__.update(given)
def nvmlInit(): {init}
def nvmlDeviceGetCount(): return 2
def nvmlDeviceGetHandleByIndex(at):
    if at > 1: raise NVMLError
    return at
def nvmlDeviceGetHandleByUUID(name): return {{"GPU-b": 1}}[name]
def nvmlDeviceGetUtilizationRates(at): return Told(gpu=(20, 90)[at])
def nvmlDeviceGetMemoryInfo(at): return Told(used=(1000, 3000)[at])
def nvmlDeviceGetPowerUsage(at):
    if at == 1: raise NVMLError
    return 50_000
def nvmlDeviceGetComputeRunningProcesses(at): return {processes}
"""


@contextmanager
def busy() -> Iterator[int]:
    """A process whose child computes and holds 64 MiB; both end with the test."""
    work = "held = bytearray(64 << 20)\nwhile True: pass"
    program = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {work!r}]).wait()"
    parent = subprocess.Popen([sys.executable, "-c", program], start_new_session=True)
    try:
        yield parent.pid
    finally:
        with suppress(ProcessLookupError):
            os.killpg(parent.pid, 9)
        parent.wait()


@contextmanager
def told(root: int, binding: Path | None = None, **environment: str) -> Iterator[Iterator[dict[str, float]]]:
    paths = {"PYTHONPATH": str(binding)} if binding else {}
    child = subprocess.Popen(
        [sys.executable, str(SCRIPTS / "device_use.py"), str(root), "0.1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **paths, **environment},
    )
    assert child.stdout and child.stdin
    try:
        yield (json.loads(line) for line in child.stdout)
    finally:
        child.stdin.close()
        assert child.wait(10) == 0
        child.stdout.close()


def binding(folder: Path, init: str = "pass", processes: str = "[]") -> Path:
    (folder / "pynvml.py").write_text(TWO_GPUS.format(init=init, processes=processes), "utf-8")
    return folder


def test_processor_and_memory_are_those_of_the_whole_tree() -> None:
    with busy() as root, told(root, CUDA_VISIBLE_DEVICES="") as lines:
        seen = [next(lines) for _ in range(20)]
    assert max(values["process_memory_bytes"] for values in seen) > 64 << 20
    cores = len(os.sched_getaffinity(0))
    assert 0 < max(values["cpu_percent"] for values in seen) <= 200 / cores
    assert all(set(values) == {"cpu_percent", "process_memory_bytes"} for values in seen)


def test_it_ends_with_the_process_it_looks_at() -> None:
    with busy() as root, told(root) as lines:
        next(lines)
        os.killpg(root, 9)
        os.waitpid(root, 0)
        assert len(list(lines)) < 20


def test_the_gpus_that_the_run_is_on_are_told(tmp_path: Path) -> None:
    with busy() as root:
        processes = f"[Told(pid={root})] if at == 1 else []"
        with told(root, binding(tmp_path, processes=processes)) as lines:
            values = next(lines)
    assert {name: value for name, value in values.items() if name.startswith("device")} == {
        "device_percent": 90,
        "device_memory_bytes": 3000,
    }


@pytest.mark.parametrize(
    ("visible", "shares"),
    [("0,1", {"device_percent": 55, "device_percent_0": 20, "device_percent_1": 90}), ("GPU-b", {"device_percent": 90}), ("0,7,1", {"device_percent": 20})],
)
def test_where_the_driver_does_not_say_who_runs_all_visible_gpus_count(tmp_path: Path, visible: str, shares: dict[str, float]) -> None:
    with busy() as root, told(root, binding(tmp_path), CUDA_VISIBLE_DEVICES=visible) as lines:
        values = next(lines)
    assert {name: value for name, value in values.items() if name.startswith("device_percent")} == shares


def test_a_binding_without_its_driver_is_no_gpu(tmp_path: Path) -> None:
    with busy() as root, told(root, binding(tmp_path, init="raise NVMLError")) as lines:
        assert "device_percent" not in next(lines)
