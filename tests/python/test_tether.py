"""The tether: exit codes, what it passes through, and that nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from conftest import ROOT

TETHER = ROOT / "gpu-worker" / "python" / "tether.py"
# A command that never ends, ignores SIGTERM, and has a child in a session of its own that does so too.
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork() != 0:
        os._exit(0)
print(os.getpid(), flush=True)
time.sleep(600)
"""


def start(*command: str, grace: str = "0.2", **options: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "MOLIAN_RUN": uuid.uuid4().hex}
    arguments = [sys.executable, str(TETHER), "--grace", grace, "--", *command]
    return subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, **options  # type: ignore[call-overload]
    )


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_gone(processes: list[int]) -> None:
    deadline = time.monotonic() + 10
    while any(map(is_alive, processes)):
        assert time.monotonic() < deadline, "still running"
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("code", "expected"), [("pass", 0), ("import sys; sys.exit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)]
)
def test_exits_with_the_code_of_the_command(code: str, expected: int) -> None:
    tether = start(sys.executable, "-c", code)
    assert tether.wait(20) == expected


def test_a_command_that_is_not_there() -> None:
    assert start("/nowhere/at/all").wait(20) == 127


def test_passes_output_and_events_through() -> None:
    reader, writer = os.pipe()
    environment = {**os.environ, "MOLIAN_EVENTS_FD": str(writer), "MOLIAN_RUN": "a"}
    code = f"import os; os.write({writer}, b'event'); print('said', end='')"
    tether = subprocess.Popen(
        [sys.executable, str(TETHER), "--", sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[writer],
        env=environment,
    )
    os.close(writer)
    with open(reader, "rb") as events:
        assert events.read() == b"event"
    assert tether.stdout is not None and tether.stdout.read() == b"said"
    assert tether.wait(20) == 0


@pytest.mark.parametrize("way", ["stdin ends", "SIGTERM"])
def test_ends_everything(way: str) -> None:
    tether = start(sys.executable, "-c", STUBBORN)
    assert tether.stdin is not None and tether.stdout is not None
    processes = [int(tether.stdout.readline()) for _ in range(2)]
    if way == "stdin ends":
        tether.stdin.close()
    else:
        tether.send_signal(signal.SIGTERM)
    assert tether.wait(20) == 137
    wait_gone(processes)


def test_lets_the_command_finish_within_the_grace() -> None:
    code = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(143)); print(1, flush=True); time.sleep(600)"
    tether = start(sys.executable, "-c", code, grace="20")
    assert tether.stdin is not None and tether.stdout is not None
    tether.stdout.readline()
    tether.stdin.close()
    assert tether.wait(15) == 143


def test_what_a_command_leaves_behind_ends_with_it() -> None:
    code = "import os, time; child = os.fork(); print(child or os.getpid(), flush=True) if child else time.sleep(600)"
    tether = start(sys.executable, "-c", code)
    assert tether.stdout is not None
    left = int(tether.stdout.readline())
    assert tether.wait(20) == 0
    wait_gone([left])


def test_killed_itself_it_takes_the_command_along() -> None:
    tether = start(sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)")
    assert tether.stdout is not None
    command = int(tether.stdout.readline())
    tether.kill()
    tether.wait(20)
    wait_gone([command])
