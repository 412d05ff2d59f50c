"""Points and rectangles on paper, in millimetres: x from the left, y from the top."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["XY", "Rect"]

XY = tuple[float, float]


class Rect(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, at: XY, width: float, height: float) -> Rect:
        """Return a rectangle around its middle."""
        (x, y), w, h = at, width / 2, height / 2
        return cls(x - w, y - h, x + w, y + h)

    @property
    def width(self) -> float:
        """From the left edge to the right one."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the top to the bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> XY:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Rect:
        """Return it larger on each side, or smaller if `by` is below zero."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def corners(self, width: float, height: float) -> tuple[Rect, Rect, Rect, Rect]:
        """Return rectangles inside its corners: lower left and right, upper left and right."""
        left, top, right, bottom = self
        return (
            Rect(left, bottom - height, left + width, bottom),
            Rect(right - width, bottom - height, right, bottom),
            Rect(left, top, left + width, top + height),
            Rect(right - width, top, right, top + height),
        )

    def overlaps(self, other: Rect) -> bool:
        """Whether two share more than an edge."""
        return (
            self.left < other.right
            and self.right > other.left
            and self.top < other.bottom
            and self.bottom > other.top
        )

    def encloses(self, other: Rect) -> bool:
        """Whether another is inside, edges included."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def has(self, at: XY) -> bool:
        """Whether a point is inside, edges included."""
        return self.left <= at[0] <= self.right and self.top <= at[1] <= self.bottom
