"""The learning rate of a run that goes on from another's checkpoint otherwise than as first planned."""

from collections.abc import Callable

from training_config import TrainingConfig

# Of the steps that are left, so many bring the rate up again, so that a cold optimizer takes no leap.
_RISE = 0.05


def continued_share(config: TrainingConfig, steps: int) -> Callable[[int], float] | None:
    """The share of the peak learning rate after so many of all `steps`; None where the schedule is simply drawn over them.

    held: the rate of the checkpoint, to the end. anew: up from there to the peak, then in a straight line to nothing.
    """
    if config.continued_rate == "stretched":
        return None
    start, first = config.continued_from / config.learning_rate, config.continued_step
    if config.continued_rate == "held":
        return lambda _done: start
    left = max(1, steps - first)
    rise = min(left - 1, max(1, round(_RISE * left)))

    def anew(done: int) -> float:
        passed = done - first
        if passed < rise:
            return start + (1 - start) * (passed + 1) / rise
        return max(0.0, (left - passed) / (left - rise))

    return anew
