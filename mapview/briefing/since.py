"""What has changed since an earlier pack: incidents that are new, revised, or withdrawn.

A pack holds its records as GeoJSON, so that it can be held against those of today, claim by claim.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.errors import FormatError, RequestError
from geodata.formats.geojson import parse_geojson
from geodata.queries.sums import SUMMED
from geodata.records import (
    CLAIM_HEADINGS,
    Claim,
    Incident,
    Records,
    comma,
    counterpart_key,
    describe_date,
    describe_place,
    describe_shared_toll,
    describe_value,
    in_brackets,
    labelled,
    say,
    say_many,
    stance_of,
)
from mapview.lines import Change, Since

__all__ = ["Earlier", "changed_since", "read_pack"]

_MOST_BYTES = 2_000_000_000
_MANIFEST = "manifest.json"
_ROUNDED = "Places are rounded"


@dataclass(frozen=True)
class Earlier:
    """An earlier pack.

    Attributes:
        records: Its records.
        version: Fingerprint of the data that it was made from.
        as_of: Its as-of date in words; may be empty.
        filter: What it was asked for, as text.
    """

    records: Records
    version: str
    as_of: str
    filter: str


def read_pack(path: str | Path) -> Earlier:
    """Return an earlier pack.

    Raises:
        FormatError: If the file cannot be read, is no pack, or was changed since it was made.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(_member(archive, _MANIFEST))
            listed = {one["name"]: one["sha256"] for one in about["files"]}
            name = next(one for one in listed if one.endswith(".geojson"))
            content = _member(archive, name)
            told = (str(about["data_version"]), str(about["as_of"]), str(about["filter"]))
            # A pack in another language says it apart.
            is_rounded = bool(about.get("rounded")) or any(
                str(one).startswith(_ROUNDED) for one in about["changes"]
            )
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror}") from error
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, StopIteration) as error:
        raise FormatError(f"{path} must be a pack that mapview brief wrote (.zip)") from error
    if hashlib.sha256(content).hexdigest() != listed[name]:
        raise FormatError(f"{path} must be as it was made, but {name} in it was changed")
    if is_rounded:
        raise FormatError(
            f"{path} must hold records with their own ids, but its places are rounded, and so its "
            "records have others"
        )
    result = parse_geojson(content.decode("utf-8", "replace"), file=name)
    if result.problems:
        raise FormatError(
            f"{path} must hold records that can be read, got {len(result.problems):,} problems, "
            f"the first: {result.problems[0]}"
        )
    return Earlier(result.records, *told)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST_BYTES:
        raise ValueError(name)
    return archive.read(name)


def changed_since(
    earlier: Earlier, records: Records, asked: str, is_known: Callable[[str], bool]
) -> Since:
    """Return what has changed since an earlier pack.

    Args:
        earlier: The pack.
        records: The records of today, as they go out.
        asked: The filter that finds them, as text.
        is_known: Says of an id whether the whole record of today has it.

    Raises:
        RequestError: If the pack was made by another filter.
    """
    if _of_incidents(earlier.filter) != _of_incidents(asked):
        raise RequestError(
            "since must be a pack that was made by the same filter, got one of "
            f"{earlier.filter or 'all records'!r:.200} for {asked or 'all records'!r:.200}"
        )
    before = earlier.records.incidents_by_id
    now = records.incidents_by_id
    new = [
        Change("new", one.id, _title(one), (*_claims("", one.claims, records), *_shared(one)))
        for one in _dated(records)
        if one.id not in before
    ]
    revised = [
        Change("revised", one.id, _title(one), tuple(told))
        for one in _dated(records)
        if one.id in before and (told := _revised(before[one.id], one, earlier.records, records))
    ]
    gone = [
        Change("withdrawn", one.id, _title(one), (_why(one.id, is_known),))
        for one in _dated(earlier.records)
        if one.id not in now
    ]
    when = in_brackets([f"{earlier.as_of[:1].lower()}{earlier.as_of[1:]}"])
    counted = [(new, "{n} new"), (revised, "{n} revised"), (gone, "{n} withdrawn")]
    said = comma().join(say(message, n=len(some)) for some, message in counted if some)
    total = len(new) + len(revised) + len(gone)
    lead = say("No incident has changed.")
    if total:
        lead = say_many(
            "{n} incident has changed: {what}.",
            "{n} incidents have changed: {what}.",
            total,
            what=said,
        )
    since = say("Changed since data version {version}", version=earlier.version)
    return Since(f"{since}{when}", lead, (*new, *revised, *gone))


def _of_incidents(asked: str) -> str:
    """Return a filter without what it says of base areas, which are not held against each other."""
    return "&".join(one for one in asked.split("&") if not one.startswith("areas="))


def _dated(records: Records) -> list[Incident]:
    return sorted(records.incidents, key=lambda one: (one.span.start, one.id))


def _title(one: Incident) -> str:
    when = describe_date(one.event_date)
    return one.title if when in one.title else f"{one.title}{comma()}{when}"


def _why(identifier: str, is_known: Callable[[str], bool]) -> str:
    if is_known(identifier):
        return say("It is still in the record, but is not found by this filter or may not go out.")
    return say("It is in the record no more.")


def _revised(before: Incident, now: Incident, old: Records, new: Records) -> list[str]:
    """Return how an incident differs from what it was; nothing where it does not."""
    if before == now:
        return []
    fields: tuple[tuple[str, Callable[[Incident], Any]], ...] = (
        (say("Title"), lambda one: one.title),
        (say("Date"), lambda one: describe_date(one.event_date)),
        (say("Place"), describe_place),
        (say("Status"), lambda one: say(str(one.status))),
        (say("Type"), lambda one: comma().join(say(str(kind)) for kind in one.event_types)),
    )
    told = [
        _instead(name, value(now), value(before))
        for name, value in fields
        if value(now) != value(before)
    ]
    gone = [one for one in before.claims if one not in now.claims]
    for claim in (one for one in now.claims if one not in before.claims):
        key = counterpart_key(claim)
        was = next((one for one in gone if counterpart_key(one) == key), None)
        if was is None:
            told += _claims("New claim, {what}", [claim], new)
            continue
        gone.remove(was)
        heading = say(CLAIM_HEADINGS[claim.about])
        told.append(_instead(heading, _said(claim, new), _said(was, old)))
    told += _claims("Claim withdrawn, {what}", gone, old)
    is_new_figure = any(one.about in SUMMED for one in now.claims if one not in before.claims)
    told += [one for one in _shared(now) if is_new_figure or one not in _shared(before)]
    return told or [say("Something else of the record was changed.")]


def _shared(one: Incident) -> tuple[str, ...]:
    """Return as a sentence that its figures count what happened in others, too."""
    if not any(claim.about in SUMMED for claim in one.claims):
        return ()
    told = describe_shared_toll(one.casualties_combined, is_beyond=one.shares_toll_beyond)
    return (f"{told[0].upper()}{told[1:]}.",) if told else ()


def _instead(name: str, now: str, before: str) -> str:
    return labelled(name, say("{now}; before: {before}.", now=now, before=before))


def _claims(lead: str, claims: Sequence[Claim], records: Records) -> Iterator[str]:
    for claim in claims:
        heading = say(CLAIM_HEADINGS[claim.about])
        words = say(lead, what=heading.lower()) if lead else heading
        yield f"{labelled(words, _said(claim, records))}."


def _said(claim: Claim, records: Records) -> str:
    """Return what a claim says, by whom and where."""
    source = records.sources_by_id.get(claim.source)
    who = claim.by or (source and (source.publisher or source.author or source.title))
    value = " ".join(one for one in (stance_of(claim), describe_value(claim, records)) if one)
    where = comma().join(one for one in (who or claim.source, claim.locator) if one)
    return f"{value.rstrip('.')} – {where}"
