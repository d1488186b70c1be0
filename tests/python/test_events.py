"""The events contract: the same lines as the worker's own test reads, and what really arrives on the descriptor."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from events import format_event, parse_event

FIXTURES = sorted((ROOT / "tests" / "contract" / "events").glob("*.json"))
SCRIPTS = ROOT / "gpu-worker" / "python"
SPEAK = "import events; events.log('info', '墨炼'); events.metric(1, 0.5, {'loss': 2, 'grad_norm': float('nan')})"


@pytest.mark.parametrize("path", [p for p in FIXTURES if p.name.startswith("valid-")], ids=lambda p: p.stem)
def test_valid_lines_are_read_and_written_back(path: Path) -> None:
    line = path.read_text("utf-8")
    assert json.loads(format_event(parse_event(line))) == json.loads(line)


@pytest.mark.parametrize("path", [p for p in FIXTURES if p.name.startswith("invalid-")], ids=lambda p: p.stem)
def test_invalid_lines_are_refused(path: Path) -> None:
    with pytest.raises(ValueError):
        parse_event(path.read_text("utf-8"))


def test_lines_arrive_on_the_descriptor() -> None:
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    environment = {**os.environ, "MOLIAN_EVENTS_FD": str(writer)}
    child = subprocess.run(
        [sys.executable, "-c", SPEAK], cwd=SCRIPTS, env=environment, pass_fds=[writer], capture_output=True, check=True
    )
    os.close(writer)
    with open(reader, encoding="utf-8") as arrived:
        lines = arrived.read().splitlines()
    assert [parse_event(line).event for line in lines] == ["log", "metric"]
    assert json.loads(lines[1])["values"] == {"loss": 2.0}
    assert child.stdout == b"" and child.stderr == b""


def test_without_a_descriptor_the_lines_go_to_stderr() -> None:
    environment = {**os.environ, "MOLIAN_EVENTS_FD": "97", "PYTHONIOENCODING": "utf-8"}
    child = subprocess.run([sys.executable, "-c", SPEAK], cwd=SCRIPTS, env=environment, capture_output=True, check=True)
    assert parse_event(child.stderr.decode("utf-8").splitlines()[0]).event == "log"
