"""How fast this device multiplies matrices: `python measure_device.py` prints {"float32_rate", "bfloat16_rate"}.

In floating point operations a second, the fastest of some tries, so that what else ran meanwhile counts little;
bfloat16 is null where the hardware does not multiply it.
"""

import json
import time

import torch

from model_folder import has_native_bfloat16

TRIES, SECONDS = 12, 1.5


def rate(dtype: torch.dtype) -> float:
    """Operations a second in the product of two square matrices: 8192 wide on a GPU, 1024 on a CPU."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    size = 8192 if device == "cuda" else 1024
    left, right = (torch.randn(size, size, device=device, dtype=dtype) for _ in range(2))
    best, begun = float("inf"), time.perf_counter()
    for tried in range(TRIES):
        started = time.perf_counter()
        left @ right
        if device == "cuda":
            torch.cuda.synchronize()
        # The first try makes ready what later ones use.
        best = min(best, time.perf_counter() - started) if tried else best
        if tried > 2 and time.perf_counter() - begun > SECONDS:
            break
    return 2 * size**3 / best


if __name__ == "__main__":
    half = rate(torch.bfloat16) if has_native_bfloat16() else None
    print(json.dumps({"float32_rate": rate(torch.float32), "bfloat16_rate": half}))
