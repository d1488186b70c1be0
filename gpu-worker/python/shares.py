"""Who computes what: a run's pairs dealt out to its ranks, step by step, so that every step is the same for any number of them."""

from dataclasses import dataclass

from training_config import TrainingConfig


@dataclass(frozen=True)
class Share:
    """One rank's micro-batches in order, `passes` to a step: positions in the order of the run; some may be empty."""

    batches: list[list[int]]
    passes: int


def share_of(wanted: int, config: TrainingConfig, rank: int, ranks: int) -> Share:
    """What `rank` of `ranks` does of a run over `wanted` pairs, already in order, `global_batch` of them a step.

    Every rank has equally many passes, of at most batch_size pairs each, however few pairs the last step has: all
    must meet when a step's gradients are summed. Neighbours in the order, alike in length, go through side by side.
    """
    step, size = config.global_batch, min(config.batch_size, -(-config.global_batch // ranks))
    passes = -(-step // (size * ranks))
    batches: list[list[int]] = []
    for start in range(0, wanted, step):
        positions = list(range(start, min(start + step, wanted)))
        rows = [positions[at : at + size] for at in range(0, len(positions), size)]
        mine = rows[rank::ranks]
        batches += mine + [[]] * (passes - len(mine))
    return Share(batches, passes)
