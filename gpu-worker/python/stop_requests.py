"""The two ways a run is asked to end early: a signal (end, go on later) and a file (end, keep what was learned)."""

import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

STOP_AND_KEEP = "stop-and-keep"
TERMINATED = 143


class Terminated(BaseException):
    """Asked to end by SIGTERM. Not an Exception, so that no library takes it for a fault of its own."""


class Asked(NamedTuple):
    """End and go on later, or end and keep what was learned."""

    terminate: bool
    keep: bool


class StopRequests:
    """What was asked of this run: `terminate` by a signal, `keep` by the file in its directory. Takes the signals over.

    Where several processes share the run a wish reaches them one by one, and all must follow it in the same step.
    """

    def __init__(self, run_directory: Path) -> None:
        self._file = run_directory / STOP_AND_KEEP
        self._deferred = False
        self._terminate = False
        self._agree: Callable[[list[bool]], list[bool]] = list
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)

    def agree_by(self, any_of: Callable[[list[bool]], list[bool]]) -> None:
        """From here on what was asked of one is asked of all: `asked` and `check` are called by all alike."""
        self._agree = any_of

    def defer(self) -> None:
        """From here on a signal is only noted, so that a step can be finished; before, it ends the program at once."""
        self._deferred = True

    def now(self) -> None:
        """Ends the program at once on the signals that come, and on one that has come."""
        self._deferred = False
        if self._terminate:
            raise Terminated

    def asked(self) -> Asked:
        return Asked(*self._agree([self._terminate, self._file.exists()]))

    @property
    def terminates_here(self) -> bool:
        """Whether this process itself was asked to; the others may not know yet. For what one does while they wait."""
        return self._terminate

    def check(self) -> None:
        """Raises Terminated where stopping in the middle loses nothing."""
        if self.asked().terminate:
            raise Terminated

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._terminate = True
        if not self._deferred:
            raise Terminated
