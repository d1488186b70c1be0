"""Who computes what: a run's pairs dealt out to its ranks, step by step, so that every step is the same for any number of them."""

from dataclasses import dataclass

from packing import pack
from training_config import TrainingConfig


@dataclass(frozen=True)
class Share:
    """One rank's micro-batches in order, `passes` to a step: positions in the order of the run; some may be empty."""

    batches: list[list[int]]
    passes: int


def share_of(lengths: list[int], config: TrainingConfig, rank: int, ranks: int, packed: bool = False) -> Share:
    """What `rank` of `ranks` does of a run over pairs of these lengths, in tokens, already in order, `global_batch` a step.

    A pass has batch_size pairs, or, `packed`, as many as max_length holds. Every rank has equally many passes, however
    few pairs the last step has: all must meet when a step's gradients are summed. Neighbours in the order, alike in
    length, go through side by side.
    """
    size = min(config.batch_size, -(-config.global_batch // ranks))
    steps: list[list[list[int]]] = []
    for start in range(0, len(lengths), config.global_batch):
        positions = list(range(start, min(start + config.global_batch, len(lengths))))
        if packed:
            steps.append(pack(positions, lengths, config.max_length))
        else:
            steps.append([positions[at : at + size] for at in range(0, len(positions), size)])
    passes = max(-(-len(rows) // ranks) for rows in steps)
    batches: list[list[int]] = []
    for rows in steps:
        mine = rows[rank::ranks]
        batches += mine + [[]] * (passes - len(mine))
    return Share(batches, passes)
