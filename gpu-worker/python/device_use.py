"""Says once a second what a process and its descendants take of the machine: `python device_use.py PID`.

One JSON object a line on stdout, of names and numbers, until stdin is closed or the process is gone:

    cpu_percent            of the cores that it may use, 100 being all of them
    process_memory_bytes   resident, of all its processes together
    device_percent         of the time since the driver's last look in which a kernel ran; mean of the GPUs it uses
    device_memory_bytes    taken on those GPUs, by whomever
    device_watts           of those GPUs together

The last three need an NVIDIA GPU and its library's Python binding (pynvml); where more than one GPU is used, each has
`device_percent_0`, … besides. What a GPU does not tell is left out. It is a program of its own, so that the trainer is not
stopped for it.
"""

import json
import os
import select
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import psutil

SECONDS = 1.0


class ProcessTree:
    """The processor time and the memory of a process and all that descend from it."""

    def __init__(self, root: int) -> None:
        self.root = psutil.Process(root)
        self.cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self.before: dict[psutil.Process, float] = {}
        self.pids: set[int] = set()

    def measure(self, seconds: float) -> dict[str, float]:
        """What was used in the `seconds` since it was last asked; raises NoSuchProcess when the root is gone."""
        spent, memory, now = 0.0, 0, {}
        for process in [self.root, *self.root.children(recursive=True)]:
            try:
                with process.oneshot():
                    times = process.cpu_times()
                    memory += process.memory_info().rss
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
            now[process] = times.user + times.system
            spent += now[process] - self.before.get(process, 0.0 if self.before else now[process])
        self.before, self.pids = now, {process.pid for process in now}
        if not now:
            raise psutil.NoSuchProcess(self.root.pid)
        return {"cpu_percent": 100 * spent / (seconds * self.cores), "process_memory_bytes": memory}


class Gpus:
    """The NVIDIA GPUs that this process may see; none where there are none, or no binding to ask them with."""

    def __init__(self) -> None:
        self.nvml, self.handles = _nvml(), []
        if self.nvml is not None:
            self.handles = list(_visible(self.nvml))

    def measure(self, pids: set[int]) -> dict[str, float]:
        used = [handle for handle in self.handles if self._pids(handle) & pids] or self.handles
        shares = [self._ask(lambda handle=handle: self.nvml.nvmlDeviceGetUtilizationRates(handle).gpu) for handle in used]
        memory = [self._ask(lambda handle=handle: self.nvml.nvmlDeviceGetMemoryInfo(handle).used) for handle in used]
        power = [self._ask(lambda handle=handle: self.nvml.nvmlDeviceGetPowerUsage(handle) / 1000) for handle in used]
        values: dict[str, float] = {}
        told = [share for share in shares if share is not None]
        if told:
            values["device_percent"] = sum(told) / len(told)
        if len(used) > 1:
            values |= {f"device_percent_{at}": share for at, share in enumerate(shares) if share is not None}
        for name, amounts in (("device_memory_bytes", memory), ("device_watts", power)):
            known = [amount for amount in amounts if amount is not None]
            if known:
                values[name] = sum(known)
        return values

    def _pids(self, handle: Any) -> set[int]:
        running = self._ask(lambda: self.nvml.nvmlDeviceGetComputeRunningProcesses(handle))
        return {process.pid for process in running or []}

    def _ask(self, question: Any) -> Any:
        """The answer, or None where this GPU or its driver does not give one."""
        try:
            return question()
        except self.nvml.NVMLError:
            return None


def _nvml() -> ModuleType | None:
    try:
        import pynvml
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    return pynvml


def _visible(nvml: ModuleType) -> Iterator[Any]:
    """In the order of CUDA_VISIBLE_DEVICES, which names them by number or by UUID."""
    named = os.environ.get("CUDA_VISIBLE_DEVICES")
    names = [str(at) for at in range(nvml.nvmlDeviceGetCount())] if named is None else named.split(",")
    for name in (each.strip() for each in names):
        try:
            yield nvml.nvmlDeviceGetHandleByIndex(int(name)) if name.isdecimal() else nvml.nvmlDeviceGetHandleByUUID(name)
        except nvml.NVMLError:
            # CUDA itself sees none of those that are named after one that is not there.
            return


def main(root: int, seconds: float = SECONDS) -> int:
    try:
        tree, gpus = ProcessTree(root), Gpus()
        tree.measure(seconds)
        while not select.select([sys.stdin], [], [], seconds)[0]:
            values = tree.measure(seconds)
            print(json.dumps({**values, **gpus.measure(tree.pids)}), flush=True)
    except (psutil.NoSuchProcess, BrokenPipeError):
        pass
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python device_use.py PID [SECONDS]")
    sys.exit(main(int(sys.argv[1]), *(float(given) for given in sys.argv[2:])))
