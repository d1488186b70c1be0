"""What a Python child tells the worker, one JSON object a line, on a file descriptor of its own.

The descriptor's number is in MOLIAN_EVENTS_FD (3 if unset), so that libraries may print what they like on stdout
and stderr. When it is not open (a script run by hand) the lines go to stderr. A rank of several tells its launcher
instead, on the pipe of its local rank in MOLIAN_EVENTS_PIPES, and of all but the first only errors are passed on.
Every line is complete and flushed; none is longer than 1 MiB. Each has a key `event`; every other key below is always there, and no others are:

    {"event": "progress",   "done": 3, "total": 60, "note": "…"}           total 0: not known yet
    {"event": "metric",     "step": 12, "epoch": 0.4, "values": {"loss": 3.91, …}}    one a step, finite numbers only
    {"event": "checkpoint", "step": 20, "path": "…", "bytes": 812345, "sha256": "…64 hex…"}
    {"event": "sample",     "step": 20, "ordinal": 0, "text": "…", "tokens": 96, "ending": "length", "seconds": 4.1}
    {"event": "log",        "level": "info" | "warning" | "error", "text": "…"}
    {"event": "error",      "code": "training.bad-config", "params": {"field": "rank"}, "text": "…"}
    {"event": "done",       "result": {…}}                                  the last line of a child that succeeded

The note of the trainer's and the merger's progress is a phase of lib/queue/phases.ts; the starter model's is in words.

Values of a metric (those a step has): loss (mean negative log-likelihood a token, in nats), learning_rate,
grad_norm, tokens_per_second (not counting pads), step_seconds, memory_bytes (resident, or of the device),
validation_loss. Step 0 is before the first update. After an `error` the exit code is not 0. An exit code of 143
with no `error` means: asked to stop, and a checkpoint is kept.

A sample is what the model wrote at that step to the premise of that ordinal; it ended whole, or was cut because of its
length or because the time was up. The seconds are those of all samples of the step together.

The same contract is a zod schema in gpu-worker/process/events.ts; tests/contract/events feeds the same lines to both.
"""

import faulthandler
import json
import math
import os
import stat
import sys
import threading
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

from strict_fields import FieldProblem, ranged, read_strict


@dataclass(frozen=True)
class Progress:
    event: ClassVar[str] = "progress"
    done: int = ranged(minimum=0)
    total: int = ranged(minimum=0)
    note: str = ranged()


@dataclass(frozen=True)
class Metric:
    event: ClassVar[str] = "metric"
    step: int = ranged(minimum=0)
    epoch: float = ranged(minimum=0)
    values: dict[str, float] = ranged(filled=True)


@dataclass(frozen=True)
class Checkpoint:
    event: ClassVar[str] = "checkpoint"
    step: int = ranged(minimum=0)
    path: str = ranged(filled=True)
    bytes: int = ranged(minimum=0)
    sha256: str = ranged(pattern="[0-9a-f]{64}")


@dataclass(frozen=True)
class Sample:
    event: ClassVar[str] = "sample"
    step: int = ranged(minimum=0)
    ordinal: int = ranged(minimum=0)
    text: str
    tokens: int = ranged(minimum=0)
    ending: Literal["whole", "length", "time"]
    seconds: float = ranged(minimum=0)


@dataclass(frozen=True)
class Log:
    event: ClassVar[str] = "log"
    level: Literal["info", "warning", "error"]
    text: str
    chinese: str = ""
    """The same for a reader of Chinese, where it is a sentence for people."""


@dataclass(frozen=True)
class Error:
    event: ClassVar[str] = "error"
    code: str = ranged(pattern=r"[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)*")
    params: dict[str, str | float] = ranged()
    text: str = ranged()


@dataclass(frozen=True)
class Done:
    event: ClassVar[str] = "done"
    result: dict[str, Any] = ranged()


Event = Progress | Metric | Checkpoint | Sample | Log | Error | Done
KINDS: dict[str, type] = {kind.event: kind for kind in (Progress, Metric, Checkpoint, Sample, Log, Error, Done)}


def parse_event(line: str) -> Event:
    """The event a line says; raises ValueError (FieldProblem where a field is wrong) when it breaks the contract."""

    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    given = json.loads(line, parse_constant=refuse)
    if not isinstance(given, dict) or given.get("event") not in KINDS:
        raise FieldProblem("event", f"must be one of {', '.join(KINDS)}")
    kind = KINDS[given.pop("event")]
    return read_strict(kind, given)


def format_event(event: Event) -> str:
    """One line without its end; raises ValueError rather than write what the other side would refuse."""
    said = asdict(event)
    if isinstance(event, Log) and not event.chinese:
        del said["chinese"]
    return json.dumps({"event": event.event, **said}, ensure_ascii=False, allow_nan=False)


PIPES = "MOLIAN_EVENTS_PIPES"


def _open_sink() -> Any:
    """A private copy of the events descriptor, or stderr. Taken at import, before a library can open that number."""
    if "LOCAL_RANK" in os.environ and PIPES in os.environ:
        pipe = os.path.join(os.environ[PIPES], os.environ["LOCAL_RANK"])
        return open(pipe, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    number = int(os.environ.get("MOLIAN_EVENTS_FD", "3"))
    try:
        mode = os.fstat(number).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISREG(mode)):
            return sys.stderr
        copy = os.dup(number)
    except OSError:
        return sys.stderr
    os.set_blocking(copy, True)
    return open(copy, "w", encoding="utf-8", errors="backslashreplace", newline="\n")


LONGEST_TEXT = 8_000
_sink = _open_sink()
_is_first = int(os.environ.get("RANK", "0")) == 0
_one_writer = threading.Lock()


# Seconds without a word after which every thread's place in the program goes to stderr, and so into the job's log.
SILENCE = 600.0
_is_watched = False


def watch_silence() -> None:
    """From the next event on: one who hangs cannot say so, but where it hangs can be seen."""
    global _is_watched
    _is_watched = True


def emit(event: Event) -> None:
    """Writes one event. A reader that is gone is not this side's fault: the tether ends the child in its own time."""
    if _is_watched and isinstance(event, Progress | Metric):
        faulthandler.dump_traceback_later(SILENCE, exit=False)
    if not _is_first and not isinstance(event, Error):
        return
    line = format_event(event)
    with _one_writer:
        try:
            _sink.write(line + "\n")
            _sink.flush()
        except BrokenPipeError:
            pass


def progress(done: int, total: int, note: str = "") -> None:
    emit(Progress(done, total, note))


def metric(step: int, epoch: float, values: dict[str, float]) -> None:
    """Drops what is not a finite number, and says nothing when nothing is left."""
    finite = {name: float(value) for name, value in values.items() if math.isfinite(value)}
    if finite:
        emit(Metric(step, epoch, finite))


def log(level: Literal["info", "warning", "error"], text: str, chinese: str = "") -> None:
    emit(Log(level, text[:LONGEST_TEXT], chinese[:LONGEST_TEXT]))


def error(code: str, params: dict[str, str | float], text: str) -> None:
    emit(Error(code, params, text[:LONGEST_TEXT]))


def done(result: dict[str, Any]) -> None:
    emit(Done(result))
