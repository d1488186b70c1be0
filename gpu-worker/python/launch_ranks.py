"""Starts the processes of a run through Accelerate's launcher, hears them, and says in one voice how they ended.

Each rank is `python train_adapter.py CONFIG.json` over again, with its place in the environment. The launcher closes
the events descriptor, so every rank tells what it tells on a named pipe of its own. The first rank that fails ends
the others; which error was the cause is decided here, because those that lose a neighbour fail too.
"""

import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import events
from stop_requests import TERMINATED
from strict_fields import FieldProblem
from training_config import TrainingConfig

MACHINE_RANK = "MOLIAN_MACHINE_RANK"
# Told by a rank that lost the others: a consequence, not a cause.
CONSEQUENCE = "training.group-broken"


def is_rank() -> bool:
    """Whether this process was started by the launcher."""
    return "RANK" in os.environ


def launch_ranks(config_path: str, config: TrainingConfig) -> int:
    """Runs all ranks of this machine to their end; the exit code is that of train_adapter.py."""
    from torch.distributed.elastic.multiprocessing.api import SignalException
    from torch.distributed.elastic.multiprocessing.errors import ChildFailedError

    machine = _machine_rank(config)
    if machine == 0 and config.machines > 1:
        _tell_of_other_machines(config_path, config)
    with _heard(config.processes) as told:
        try:
            _launch(config_path, config, machine)
            return 0
        except SignalException:
            return TERMINATED
        except ChildFailedError as failed:
            ends = {failure.local_rank: failure.exitcode for failure in failed.failures.values()}
        except Exception as fault:
            # The port is taken, a machine did not come: no rank was ever there to say so.
            reason = f"{type(fault).__name__}: {fault}"[:500]
            events.error("training.failed", {"reason": reason}, f"The processes of the run could not be started: {reason}")
            return 1
    return _conclude(told, ends, machine * config.processes)


def _machine_rank(config: TrainingConfig) -> int:
    given = os.environ.get(MACHINE_RANK, "0")
    if not given.isdecimal() or int(given) >= config.machines:
        raise FieldProblem("machines", f"are {config.machines}, and {MACHINE_RANK} is {given}: the first one is 0")
    if config.machines > 1 and not config.main_address:
        raise FieldProblem("main_address", "must be where the other machines reach this one")
    return int(given)


def _tell_of_other_machines(config_path: str, config: TrainingConfig) -> None:
    command = f"{sys.executable} {Path(__file__).with_name('train_adapter.py')} {Path(config_path).resolve()}"
    for machine in range(1, config.machines):
        start = f"{MACHINE_RANK}={machine} {command}"
        events.log("info", f"Waiting for machine {machine}; start there: {start}", f"正在等待第 {machine} 台机器；请在那里启动：{start}")


def _launch(config_path: str, config: TrainingConfig, machine: int) -> None:
    from accelerate.commands.launch import launch_command, launch_command_parser
    from torch import cuda

    # A configuration of its own: the person's default one may ask for something else entirely.
    settings = Path(config.run_directory) / f"accelerate-{machine}.json"
    described = {
        "compute_environment": "LOCAL_MACHINE",
        "distributed_type": "MULTI_GPU",
        "num_processes": config.processes * config.machines,
        "num_machines": config.machines,
        "machine_rank": machine,
        "main_process_ip": config.main_address or "127.0.0.1",
        "main_process_port": config.main_port,
        "same_network": True,
        "mixed_precision": "no",
        "use_cpu": False,
        "debug": False,
    }
    settings.write_text(json.dumps(described, indent=1) + "\n", "utf-8")
    # Multi-GPU is the launcher's word for several processes; without a GPU they meet over gloo.
    os.environ["ACCELERATE_USE_CPU"] = str(not cuda.is_available()).lower()
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, config.threads // config.processes)))
    if config.machines == 1:
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo" if sys.platform == "linux" else "lo0")
    script = str(Path(__file__).with_name("train_adapter.py"))
    launch_command(launch_command_parser().parse_args(["--config_file", str(settings), script, config_path]))


@contextmanager
def _heard(processes: int) -> Iterator[dict[int, list[events.Error]]]:
    """Passes on what the ranks of this machine tell; keeps their errors, which are yielded, for the end."""
    told: dict[int, list[events.Error]] = {local: [] for local in range(processes)}
    with tempfile.TemporaryDirectory(prefix="molian-ranks-") as folder:
        pipes = [Path(folder) / str(local) for local in range(processes)]
        for pipe in pipes:
            os.mkfifo(pipe, 0o600)
        os.environ[events.PIPES] = folder
        readers = [threading.Thread(target=_hear, args=(pipe, told[local])) for local, pipe in enumerate(pipes)]
        for reader in readers:
            reader.start()
        try:
            yield told
        finally:
            for pipe in pipes:
                _let_go(pipe)
            for reader in readers:
                reader.join()


def _hear(pipe: Path, errors: list[events.Error]) -> None:
    with pipe.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = events.parse_event(line)
            except ValueError:
                # The last words of one that was killed.
                continue
            if isinstance(event, events.Error):
                errors.append(event)
            else:
                events.emit(event)


def _let_go(pipe: Path) -> None:
    """Ends a reader that no rank ever wrote to."""
    try:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        pass


def _conclude(told: dict[int, list[events.Error]], ends: dict[int, int], first: int) -> int:
    """Emits the one error that explains the others and returns the exit code."""
    causes = [(local, error) for local, errors in told.items() for error in errors if error.code != CONSEQUENCE]
    if causes:
        local, error = causes[0]
        events.emit(error)
        # Of one that told its error and was ended for another's before it could exit, the code says nothing.
        return max(ends.get(local, 1), 1)
    killed = {local: -code for local, code in ends.items() if code < 0 and -code != signal.SIGTERM}
    if killed:
        local, number = next(iter(killed.items()))
        name = signal.Signals(number).name
        events.error("training.rank-killed", {"rank": first + local, "signal": name}, f"Rank {first + local} was killed ({name})")
        return 1
    if ends and all(code == TERMINATED for code in ends.values()):
        return TERMINATED
    for errors in told.values():
        for error in errors:
            events.emit(error)
            return 1
    local, code = next(iter(ends.items()), (0, 1))
    events.error("training.rank-ended", {"rank": first + local, "code": code}, f"Rank {first + local} ended with {code}")
    return 1
