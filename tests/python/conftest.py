"""The scripts are run as programs, from their own folder; the tests find their modules the same way."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "gpu-worker" / "python"), str(ROOT / "tests" / "support")]
