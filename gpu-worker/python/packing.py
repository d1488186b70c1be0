"""Pairs packed into rows of up to so many tokens."""


def pack(positions: list[int], lengths: list[int], row: int) -> list[list[int]]:
    """Best fit, longest first: each pair goes where it leaves the least room, or begins a row.

    Of the pairs at `positions` of `lengths`; rows as they were begun, so the fullest of long pairs come first. At most
    one row is less than half full, and as a rule all but the last are full to a few tokens (arXiv:2107.02027).
    """
    rows: list[list[int]] = []
    room: list[int] = []
    for position in sorted(positions, key=lambda at: (-lengths[at], at)):
        length = lengths[position]
        fitting = [index for index, free in enumerate(room) if free >= length]
        if fitting:
            best = min(fitting, key=lambda index: room[index])
            rows[best].append(position)
            room[best] -= length
        else:
            rows.append([position])
            room.append(row - length)
    return rows
