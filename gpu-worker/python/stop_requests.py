"""The two ways a run is asked to end early: a signal (end, go on later) and a file (end, keep what was learned)."""

import signal
from pathlib import Path
from types import FrameType

STOP_AND_KEEP = "stop-and-keep"
TERMINATED = 143


class Terminated(BaseException):
    """Asked to end by SIGTERM. Not an Exception, so that no library takes it for a fault of its own."""


class StopRequests:
    """What was asked of this run: `terminate` by a signal, `keep` by the file in its directory. Takes the signals over."""

    def __init__(self, run_directory: Path) -> None:
        self._file = run_directory / STOP_AND_KEEP
        self._deferred = False
        self.terminate = False
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)

    def defer(self) -> None:
        """From here on a signal is only noted, so that a step can be finished; before, it ends the program at once."""
        self._deferred = True

    def now(self) -> None:
        """Ends the program at once on the signals that come, and on one that has come."""
        self._deferred = False
        self.check()

    def check(self) -> None:
        """Raises Terminated where stopping in the middle loses nothing."""
        if self.terminate:
            raise Terminated

    @property
    def keep(self) -> bool:
        return self._file.exists()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.terminate = True
        if not self._deferred:
            raise Terminated
