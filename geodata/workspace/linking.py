"""Which records are one event, as the user says; linked ones are read as one, with all claims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.errors import FormatError
from geodata.files import open_atomic, parse_json, read_text
from geodata.records import Claim, ClaimAbout, Incident, ReadResult, Records
from geodata.workspace.folder import Workspace

__all__ = ["Links", "as_linked", "link_records", "pair_key", "read_links"]

_FILE = "links.json"
_Key = tuple[str, str]


@dataclass(frozen=True)
class Links:
    """What the user said of pairs of records.

    Attributes:
        same: Those that are one event.
        different: Those that are not, though they look so.
    """

    same: frozenset[_Key] = frozenset()
    different: frozenset[_Key] = frozenset()

    def link(self, one: str, other: str) -> Links:
        """Return them with two records as one event."""
        key = pair_key(one, other)
        return Links(self.same | {key}, self.different - {key})

    def part(self, one: str, other: str) -> Links:
        """Return them with two records as two events."""
        key = pair_key(one, other)
        return Links(self.same - {key}, self.different | {key})

    def save(self, workspace: Workspace) -> None:
        """Keep them in a workspace.

        Raises:
            FormatError: If it cannot be written.
        """
        kept = {"same": sorted(self.same), "different": sorted(self.different)}
        workspace.folder.mkdir(parents=True, exist_ok=True)
        with open_atomic(workspace.folder / _FILE) as stream:
            stream.write(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def read_links(workspace: Workspace | None = None) -> Links:
    """Return what was said of pairs.

    Raises:
        FormatError: If what is kept is damaged.
    """
    path = (workspace or Workspace()).folder / _FILE
    if not path.is_file():
        return Links()
    kept = parse_json(read_text(path), str(path))
    lists = [kept.get(name, []) for name in ("same", "different")] if isinstance(kept, dict) else []
    if len(lists) != 2 or not all(_are_pairs(one) for one in lists):  # noqa: PLR2004
        raise FormatError(f"{path} must hold pairs of ids, as links of records")
    same, different = (frozenset(pair_key(*pair) for pair in one) for one in lists)
    return Links(same, different)


def pair_key(one: str, other: str) -> _Key:
    """Return two ids in order."""
    return (one, other) if one < other else (other, one)


def _are_pairs(kept: object) -> bool:
    return isinstance(kept, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)  # noqa: PLR2004
        for pair in kept
    )


def as_linked(result: ReadResult, workspace: Workspace | None = None) -> ReadResult:
    """Return what was read with linked records as one."""
    path: Path = (workspace or Workspace()).folder / _FILE
    if not path.is_file():
        return result
    return replace(result, records=link_records(result.records, read_links(workspace)))


def link_records(records: Records, links: Links) -> Records:
    """Return records with each set of linked ones as one that has the claims of all.

    Place, date and type are those of the one that knows the place best, and may be published; what
    the others say of them are claims beside.
    """
    by_id = records.incidents_by_id
    same = [pair for pair in links.same if pair[0] in by_id and pair[1] in by_id]
    if not same:
        return records
    restricted = {one.id for one in records.sources if not one.may_publish}
    order = {one.id: at for at, one in enumerate(records.incidents)}

    def rank(one: Incident) -> tuple[bool, int, int]:
        return not restricted.isdisjoint(one.sources), one.geo_precision.rank, order[one.id]

    stands: dict[str, str] = {}
    merged: dict[str, Incident] = {}
    for ids in _sets(same):
        first, *others = sorted((by_id[one] for one in ids), key=rank)
        merged[first.id] = _merged(first, others)
        stands |= {one.id: first.id for one in others}
    kept = (merged.get(one.id, one) for one in records.incidents if one.id not in stands)
    return replace(records, incidents=tuple(_pointing(one, stands) for one in kept))


def _sets(pairs: Iterable[_Key]) -> list[frozenset[str]]:
    """Return sets of which all members are tied to one another by pairs."""
    of: dict[str, set[str]] = {}
    for one, other in sorted(pairs):
        joined = of.get(one, {one}) | of.get(other, {other})
        for member in joined:
            of[member] = joined
    return list(dict.fromkeys(frozenset(one) for one in of.values()))


def _merged(first: Incident, others: Sequence[Incident]) -> Incident:
    claims = [*first.claims]
    upstream = dict(first.upstream)
    for other in others:
        claims += [*other.claims, *_said_otherwise(first, other)]
        upstream |= {f"{name} ({other.id})": cell for name, cell in other.upstream.items()}
    return first.but(
        claims=tuple(dict.fromkeys(claims)),
        upstream=upstream,
        **{
            name: tuple(
                dict.fromkeys(id_ for one in (first, *others) for id_ in getattr(one, name))
            )
            for name in ("related", "casualties_combined")
        },
        shares_toll_beyond=any(one.shares_toll_beyond for one in (first, *others)),
        summary=first.summary or next((one.summary for one in others if one.summary), ""),
    )


def _said_otherwise(first: Incident, other: Incident) -> list[Claim]:
    """Return as claims what another record says of date, place and type in other words."""
    if not other.claims:
        return []
    of, where = other.claims[0].source, other.claims[0].locator
    said = (
        (ClaimAbout.DATE, first.event_date, other.event_date if other.span.has_start else ""),
        (ClaimAbout.PLACE, ", ".join(first.place_names), ", ".join(other.place_names)),
        (ClaimAbout.EVENT_TYPE, first.type_of_source, other.type_of_source),
    )
    return [
        Claim(about=about, value=theirs, source=of, locator=where)
        for about, ours, theirs in said
        if theirs and theirs != ours
    ]


def _pointing(one: Incident, stands: dict[str, str]) -> Incident:
    """Return a record that names the ones that stand for others."""
    named = {
        name: tuple(dict.fromkeys(stands.get(id_, id_) for id_ in getattr(one, name)))
        for name in ("related", "casualties_combined")
    }
    changed = {
        name: tuple(id_ for id_ in ids if id_ != one.id)
        for name, ids in named.items()
        if not stands.keys().isdisjoint(getattr(one, name)) or one.id in ids
    }
    return one.but(**changed) if changed else one
