"""The processes that share one run: one a GPU, or several on a CPU. Each is a rank; rank 0 speaks and writes for all."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import torch
from torch import distributed

T = TypeVar("T")

# Longer than anything that one rank does while the others wait: samples may be written for an hour.
_PATIENCE = timedelta(hours=3)


@dataclass(frozen=True)
class Ranks:
    """This process's place among `count`. What all do together must be called by all, in the same order."""

    index: int
    count: int
    local_index: int
    """Among the processes of this machine."""
    device: torch.device

    @property
    def is_first(self) -> bool:
        return self.index == 0

    def sums(self, values: list[float]) -> list[float]:
        """Each value summed over the ranks; one that is not a number makes its sum none."""
        if self.count == 1:
            return values
        total = torch.tensor(values, dtype=torch.float64, device=self.device)
        distributed.all_reduce(total)
        return total.tolist()

    def any(self, flags: list[bool]) -> list[bool]:
        """For each flag whether it is up on any rank."""
        return [value > 0 for value in self.sums([float(flag) for flag in flags])]

    def gathered(self, value: Any) -> list[Any]:
        """Every rank's value, in the order of the ranks."""
        if self.count == 1:
            return [value]
        found: list[Any] = [None] * self.count
        distributed.all_gather_object(found, value)
        return found

    def first_does(self, work: Callable[[], T]) -> T:
        """Rank 0 does the work and the others get what came of it; where it fails, they are ended by the launcher."""
        if self.count == 1:
            return work()
        came_of_it: list[Any] = [work() if self.is_first else None]
        distributed.broadcast_object_list(came_of_it, src=0)
        return came_of_it[0]

    def leave(self) -> None:
        """Without it, a process that ends while another still talks to it makes that one fail."""
        if self.count > 1:
            distributed.barrier()
            distributed.destroy_process_group()


def join_ranks() -> Ranks:
    """Takes this process's place among the ranks that the launcher's environment names; alone where it names none."""
    index, count = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    local_index = int(os.environ.get("LOCAL_RANK", "0"))
    device = torch.device("cpu")
    if torch.cuda.is_available():
        device = torch.device("cuda", local_index)
        torch.cuda.set_device(device)
    if count > 1:
        distributed.init_process_group("nccl" if device.type == "cuda" else "gloo", timeout=_PATIENCE)
    return Ranks(index, count, local_index, device)
