"""Which spots are taken where labels compete: the important first, and others move for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Spot", "choose"]

# So many others move for one, each of which others may move for in turn, so many times.
_MOST_RIVALS = 3
_DEPTH = 2
# Spots looked at in one search, beyond which it would take longer than the drawing.
_MOST_LOOKS = 40_000
# Rounds in which labels move to better spots, and how much better those must be to move others.
_ROUNDS = 2
_BETTER = 1.0
_ANY_GRADE = 99


@dataclass(frozen=True)
class Spot:
    """Where something could stand.

    Attributes:
        owner: Index of what could stand there.
        cost: How much worse it is than the best spot.
        grade: How much its owner leaves unsaid there; what is firm never says less for others.
        rivals: Bits of the spots that cannot be taken beside it.
    """

    owner: int
    cost: float
    grade: int
    rivals: int


def choose(spots: Sequence[Spot], weights: Sequence[float], firm: Sequence[bool]) -> dict[int, int]:
    """Return which spot each owner takes; those that find none are left out.

    Owners come in the order of their indices. One that finds no free spot takes one from which up
    to three others can move. At the end a single one makes way for others that weigh more together.

    Args:
        spots: All there are.
        weights: Of the owners: how much it is worth that they stand.
        firm: Of the owners: whether they never go to a spot of a higher grade for others.
    """
    own: list[list[int]] = [[] for _ in weights]
    for index in sorted(range(len(spots)), key=lambda index: (spots[index].cost, index)):
        own[spots[index].owner].append(index)
    choice = _Choice(spots, own, firm)
    missing = [owner for owner in range(len(weights)) if not choice.enter(owner)]
    missing = choice.trade(missing, weights)
    choice.improve()
    return choice.taken


@dataclass
class _Choice:
    """What is taken at a time of the search."""

    spots: Sequence[Spot]
    own: Sequence[Sequence[int]]
    firm: Sequence[bool]
    taken: dict[int, int] = field(default_factory=dict)
    mask: int = 0
    looks: int = 0

    def take(self, index: int) -> None:
        self.taken[self.spots[index].owner] = index
        self.mask |= 1 << index

    def leave(self, owner: int) -> None:
        self.mask ^= 1 << self.taken.pop(owner)

    def restore(self, taken: dict[int, int]) -> None:
        self.taken = dict(taken)
        self.mask = sum(1 << index for index in taken.values())

    def least_said(self, owner: int) -> int:
        """Return the highest grade to which an owner may go from where it stands."""
        return self.spots[self.taken[owner]].grade if self.firm[owner] else _ANY_GRADE

    def rivals(self, index: int) -> list[int]:
        """Return who would have to move."""
        met, found = self.spots[index].rivals & self.mask, []
        while met:
            lowest = met & -met
            found.append(self.spots[lowest.bit_length() - 1].owner)
            met ^= lowest
        return found

    def enter(
        self,
        owner: int,
        depth: int = _DEPTH,
        still: frozenset[int] = frozenset(),
        most: int = _ANY_GRADE,
    ) -> bool:
        """Whether an owner finds a spot, if need be one from which others can move.

        Args:
            owner: Who.
            depth: How often others may move for who moved.
            still: Who must not move.
            most: No spot of a higher grade is taken.
        """
        mine = [index for index in self.own[owner] if self.spots[index].grade <= most]
        for index in mine:
            if not self.spots[index].rivals & self.mask:
                self.take(index)
                return True
        return depth > 0 and any(self._make_way(index, depth, still) for index in mine)

    def _make_way(self, index: int, depth: int, still: frozenset[int]) -> bool:
        self.looks += 1
        rivals = self.rivals(index)
        if len(rivals) > _MOST_RIVALS or self.looks > _MOST_LOOKS or not still.isdisjoint(rivals):
            return False
        before, owner = dict(self.taken), self.spots[index].owner
        grades = [self.least_said(one) for one in rivals]
        for one in rivals:
            self.leave(one)
        self.take(index)
        still |= {owner}
        for one, most in zip(rivals, grades, strict=True):
            if one not in self.taken and not self.enter(one, depth - 1, still, most):
                self.restore(before)
                return False
        return True

    def trade(self, missing: list[int], weights: Sequence[float]) -> list[int]:
        """Leave one out for others that weigh more together, and return who is missing then."""
        for owner in sorted(self.taken, key=lambda one: (weights[one], -one)):
            if not missing:
                break
            before = dict(self.taken)
            if owner not in self.taken:
                continue
            most = self.least_said(owner)
            self.leave(owner)
            entered = [one for one in missing if self.enter(one, 1)]
            left = [one for one in missing if one not in entered]
            if not self.enter(owner, 1, most=most):
                if sum(weights[one] for one in entered) <= weights[owner]:
                    self.restore(before)
                    continue
                left.append(owner)
            missing = sorted(left)
        return missing

    def improve(self) -> None:
        """Move who stands to better spots, the important first."""
        for _ in range(_ROUNDS):
            for owner in sorted(self.taken):
                now = self.spots[self.taken[owner]]
                for index in self._better(owner):
                    if self._moves(owner, index, now.cost - self.spots[index].cost):
                        break

    def _better(self, owner: int) -> Iterator[int]:
        now = self.spots[self.taken[owner]].cost
        return (index for index in self.own[owner] if self.spots[index].cost < now)

    def _moves(self, owner: int, index: int, gain: float) -> bool:
        """Whether an owner moves to a spot, and others that have to lose less than it gains."""
        rivals = [one for one in self.rivals(index) if one != owner]
        if rivals and (len(rivals) > _MOST_RIVALS or gain < _BETTER):
            return False
        before = dict(self.taken)
        for one in (owner, *rivals):
            self.leave(one)
        self.take(index)
        for one in rivals:
            was = self.spots[before[one]]
            if not self.enter(one, 0, most=was.grade if self.firm[one] else _ANY_GRADE):
                self.restore(before)
                return False
            gain -= self.spots[self.taken[one]].cost - was.cost
        if rivals and gain < _BETTER:
            self.restore(before)
            return False
        return True
