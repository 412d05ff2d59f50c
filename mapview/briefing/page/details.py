"""What the standalone page says of each record when it is opened, and the sources it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mapview.briefing.content import Briefing
from mapview.lines import AreaDetail, Badge, ClaimGroup, ClaimLine, Detail, SourceLine

__all__ = [
    "DETAILS_A_BLOCK", "Sources", "area_details", "pages_of_details", "told_of_area",
    "told_of_incident",
]  # fmt: skip

# Details are opened a block at a time, when somebody asks for one of them.
DETAILS_A_BLOCK = 250


@dataclass
class Sources:
    """Sources that claims name, each once; claims refer to them by number."""

    lines: list[list[str]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, line: SourceLine) -> int:
        """Return the number of a source."""
        if line.id not in self._numbers:
            self._numbers[line.id] = len(self.lines)
            self.lines.append([line.text, line.url] if line.url else [line.text])
        return self._numbers[line.id]


def pages_of_details(
    briefing: Briefing, sources: Sources, step: Callable[[float], None]
) -> Iterator[list[dict[str, Any]]]:
    """Yield the details of incidents in blocks, in the order of the columns.

    Args:
        briefing: What the page is about.
        sources: Gathers the sources that are named.
        step: Told the share that is done, before each block.
    """
    lines = briefing.incidents
    for first in range(0, len(lines), DETAILS_A_BLOCK):
        step(first / len(lines))
        yield [
            _incident_detail(briefing.detail(line.id), sources)
            for line in lines[first : first + DETAILS_A_BLOCK]
        ]


def told_of_incident(detail: Detail) -> dict[str, Any]:
    """Return what is said of one incident, with the sources that it names."""
    sources = Sources()
    return {"detail": _incident_detail(detail, sources), "sources": sources.lines}


def told_of_area(detail: AreaDetail) -> dict[str, Any]:
    """Return what is said of one base area, with the sources that it names."""
    sources = Sources()
    return {"detail": _area_detail(detail, sources), "sources": sources.lines}


def _incident_detail(detail: Detail, sources: Sources) -> dict[str, Any]:
    return _filled(
        {
            "id": detail.id,
            "title": detail.title,
            "when": f"{detail.date} · {detail.place}",
            "badges": [_badge(one) for one in detail.badges],
            "tolls": list(detail.tolls),
            "combined": list(detail.one_toll_with),
            "summary": detail.summary,
            "facts": list(detail.facts),
            "claims": [_claim_group(group, sources) for group in detail.claim_groups],
            "related": [[one.id, f"{one.title}, {one.date}"] for one in detail.related],
            "parties": {name: list(map(list, some)) for name, some in detail.parties.items()},
            "position": list(detail.point or ()),
            "citation": detail.citation,
        }
    )


def area_details(briefing: Briefing, sources: Sources) -> list[dict[str, Any]]:
    """Return what the detail views of the base areas say, in order of the areas."""
    return [_area_detail(briefing.area_detail(one.id), sources) for one in briefing.base_areas]


def _area_detail(detail: AreaDetail, sources: Sources) -> dict[str, Any]:
    return _filled(
        {
            "id": detail.id,
            "title": detail.title,
            "when": detail.where,
            "badges": [_badge(one) for one in detail.badges],
            "summary": f"{detail.validity[:1].upper()}{detail.validity[1:]}.",
            "note": detail.note,
            "facts": list(detail.facts),
            "claims": [_claim_group(group, sources) for group in detail.claim_groups],
        }
    )


def _badge(badge: Badge) -> list[str]:
    return [badge.text, badge.tone, badge.help]


def _claim_group(group: ClaimGroup, sources: Sources) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "summary": group.summary,
        "claims": [_claim(claim, sources) for claim in group.claims],
        **({"leads": 1} if group.leads else {}),
        **({"own": 1} if group.is_own else {}),
    }


def _claim(claim: ClaimLine, sources: Sources) -> dict[str, Any]:
    return _filled(
        {
            "value": claim.value,
            "stance": claim.stance,
            "by": claim.by,
            "note": claim.note,
            "source": sources.number(claim.source),
            "locator": claim.locator,
            "cites": [sources.number(one) for one in claim.cites],
            "differs": int(claim.differs) or "",
            "party": claim.party,
            "figure": "" if claim.figure is None else claim.figure,
            "own": int(claim.is_own) or "",
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return values without the empty texts and lists."""
    return {name: value for name, value in values.items() if value not in ("", [], (), {})}
