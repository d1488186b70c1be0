"""The rate of a device: a number a forecast can divide by."""

import json
import subprocess
import sys

from conftest import SCRIPTS
from model_folder import has_native_bfloat16


def test_the_rates_are_printed_as_the_worker_reads_them() -> None:
    ended = subprocess.run([sys.executable, str(SCRIPTS / "measure_device.py")], capture_output=True, text=True, check=True)
    rates = json.loads(ended.stdout)
    assert set(rates) == {"float32_rate", "bfloat16_rate"}
    assert rates["float32_rate"] > 1e8
    assert (rates["bfloat16_rate"] is not None) == has_native_bfloat16()
