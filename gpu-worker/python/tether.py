"""Ties a program's life to its starter's: `python tether.py [--grace SECONDS] -- COMMAND ARGUMENT…`.

The command runs in a session of its own with this program's stdout, stderr and events descriptor, and no stdin: this
program's stdin is the tether. When it reaches its end (the starter is gone, however it died) or on SIGTERM, the
command's group gets SIGTERM, after the grace period SIGKILL, and so does every process that left the group but
still carries the same MOLIAN_RUN in its environment (Linux). Exits with the command's code, 128 + n for signal n.

Standard library only: it is up in a few hundredths of a second.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from types import FrameType

MARK = "MOLIAN_RUN"
GRACE_SECONDS = 30.0
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
# A process that SIGKILL does not end within this time waits for its disk or device; nobody can end it.
UNKILLABLE_SECONDS = 10.0


def _linux_prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def die_with_parent() -> None:
    """In a child: the kernel sends it SIGTERM should its parent, the tether or a launcher, be killed itself (Linux)."""
    _linux_prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _marked_processes(mark: str) -> list[int]:
    """Other processes whose environment carries this run's mark."""
    wanted, found = f"{MARK}={mark}".encode(), []
    if not mark or not os.path.isdir("/proc"):
        return found
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as environment:
                if wanted in environment.read().split(b"\0"):
                    found.append(int(name))
        except OSError:
            continue
    return found


def _send(child: subprocess.Popen[bytes], number: int) -> None:
    """To the group, and one by one to those that left it."""
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        pass
    for process in _marked_processes(os.environ.get(MARK, "")):
        try:
            os.kill(process, number)
        except OSError:
            pass


def _reap(child: subprocess.Popen[bytes]) -> None:
    """Buries orphans of the command, which are this program's children (it is their subreaper), and notes its end."""
    while child.poll() is None or sys.platform == "linux":
        try:
            dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if dead is None:
            return
        if dead.si_pid != child.pid:
            os.waitpid(dead.si_pid, 0)


def _something_lives(child: subprocess.Popen[bytes]) -> bool:
    _reap(child)
    if child.poll() is None or _marked_processes(os.environ.get(MARK, "")):
        return True
    try:
        os.killpg(child.pid, 0)
        return True
    except OSError:
        return False


def _end(child: subprocess.Popen[bytes], grace: float) -> None:
    """SIGTERM, at most `grace` seconds of waiting, SIGKILL; returns when nothing of the run lives."""
    if not _something_lives(child):
        return
    _send(child, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while _something_lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    while _something_lives(child) and time.monotonic() < deadline + UNKILLABLE_SECONDS:
        _send(child, signal.SIGKILL)
        time.sleep(0.02)


def _events_descriptor() -> list[int]:
    number = int(os.environ.get("MOLIAN_EVENTS_FD", "3"))
    try:
        os.fstat(number)
    except OSError:
        return []
    return [number]


def run(command: list[str], grace: float) -> int:
    """Runs the command to its end, its own or the tether's, and returns the exit code."""
    # Before anything here opens a descriptor that could take its number.
    passed = _events_descriptor()
    # Signals arrive as bytes on a pipe, so that one select waits for child, starter and signals alike.
    woken, waker = os.pipe()
    for descriptor in (woken, waker):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(waker)
    asked = []

    def note(number: int, _frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, note)
    _linux_prctl(_PR_SET_CHILD_SUBREAPER, 1)
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, pass_fds=passed, start_new_session=True, preexec_fn=die_with_parent
    )
    for descriptor in passed:
        # The reader must see the end of the events when the command ends, not when the tether does.
        os.close(descriptor)
    while child.poll() is None and not asked:
        ready, _, _ = select.select([woken, sys.stdin], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _reap(child)
        if sys.stdin in ready and not os.read(sys.stdin.fileno(), 4096):
            break
    # What a command leaves behind when it ends by itself has no claim to a long goodbye.
    _end(child, grace if child.returncode is None else 1)
    if child.returncode is None:
        return 128 + signal.SIGKILL
    return 128 - child.returncode if child.returncode < 0 else child.returncode


def main(arguments: list[str]) -> int:
    grace = GRACE_SECONDS
    if arguments[:1] == ["--grace"] and len(arguments) > 1:
        grace, arguments = float(arguments[1]), arguments[2:]
    if arguments[:1] != ["--"] or len(arguments) < 2:
        print("usage: python tether.py [--grace SECONDS] -- COMMAND ARGUMENT…", file=sys.stderr)
        return 2
    try:
        return run(arguments[1:], grace)
    except OSError as reason:
        print(f"tether: {arguments[1]} cannot be run: {reason.strerror}", file=sys.stderr)
        return 127


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
