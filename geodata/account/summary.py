"""The description of a set of records, as plain values and as the Markdown text of DATA.md.

`python -m geodata.account.summary [PATH]` writes that text for the shipped records.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.account.contradictions import contradictions
from geodata.account.counts import (
    Count,
    Coverage,
    SourceUse,
    Table,
    all_claims,
    area_tables,
    coverage,
    group_tables,
    incident_tables,
    source_uses,
)
from geodata.account.matters import Contradiction, Matter, Said
from geodata.datasets import CREDIT, load
from geodata.files import open_atomic
from geodata.records import (
    PRECISION_WORDS,
    Records,
    Source,
    cite,
    describe_date,
    describe_stance,
    guide,
    join_words,
    number,
    safe_url,
    say,
    say_many,
)

__all__ = ["Summary", "covered", "main", "not_covered", "summarise", "to_markdown"]

_MADE_BY = "Made by `make data`; do not edit."
# Letters to which Markdown gives a meaning anywhere in a line.
_MARKDOWN = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_[]<>|#~$&"})
_ADDRESS = re.compile(r"[^\s<>|\"\\`]+")


@dataclass(frozen=True)
class Summary:
    """Everything that the page "About the record" and DATA.md say of a set of records.

    Attributes:
        version: Fingerprint of the records.
        totals: How many records, sources and claims there are.
        coverage: What is covered, in numbers.
        incidents: Counts of incidents.
        base_areas: Counts of base areas.
        groups: Counts of groups.
        documents: Sources that claims were read in.
        cited: Sources that those documents cite.
        families: Titles of the sources of each family of more than one.
        contradictions: Records with claims that disagree.
    """

    version: str
    totals: tuple[Count, ...]
    coverage: Coverage
    incidents: tuple[Table, ...]
    base_areas: tuple[Table, ...]
    groups: tuple[Table, ...]
    documents: tuple[SourceUse, ...]
    cited: tuple[SourceUse, ...]
    families: tuple[tuple[str, ...], ...]
    contradictions: tuple[Contradiction, ...]


def summarise(records: Records) -> Summary:
    """Return the description of a set of records.

    Example:
        >>> [(one.label, one.number) for one in summarise(Records()).totals][:2]
        [('incidents', 0), ('base areas', 0)]
    """
    documents, cited = source_uses(records)
    totals = (
        (say("incidents"), len(records.incidents)),
        (say("base areas"), len(records.base_areas)),
        (say("groups"), len(records.groups)),
        (say("relations"), len(records.relations)),
        (say("documents read"), len(documents)),
        (say("sources cited by them"), len(cited)),
        (say("claims"), len(all_claims(records))),
    )
    return Summary(
        version=records.version,
        totals=tuple(Count(label, number) for label, number in totals),
        coverage=coverage(records),
        incidents=incident_tables(records.incidents),
        base_areas=area_tables(records),
        groups=group_tables(records),
        documents=documents,
        cited=cited,
        families=_families(records),
        contradictions=contradictions(records),
    )


def _families(records: Records) -> tuple[tuple[str, ...], ...]:
    members: dict[str, list[str]] = {}
    for source, family in records.families.items():
        known = records.sources_by_id.get(source)
        members.setdefault(family, []).append(known.title if known else source)
    return tuple(tuple(sorted(titles)) for titles in members.values() if len(titles) > 1)


def covered(summary: Summary) -> tuple[str, ...]:
    """Return sentences on what the records cover, in the language that is spoken."""
    facts = summary.coverage
    incidents = say_many("On the map: {n} incident.", "On the map: {n} incidents.", facts.placed)
    areas = say_many(
        "On the map: {n} base area.", "On the map: {n} base areas.", facts.areas_placed
    )
    sentences = (
        _period(facts),
        _countries(facts),
        f"{incidents}{_reasons(facts.unplaced)}",
        f"{areas}{_reasons(facts.areas_unplaced)}",
    )
    return tuple(sentence for sentence in sentences if sentence)


def _period(facts: Coverage) -> str:
    if facts.first is None or facts.last is None:
        return ""
    first, last = (describe_date(day.isoformat()) for day in (facts.first, facts.last))
    return say(
        "Period: from {first}, the first possible day of any incident, to {last}, the last one.",
        first=first,
        last=last,
    )


def _countries(facts: Coverage) -> str:
    if not facts.countries:
        return ""
    return say("Countries of the incidents: {countries}.", countries=join_words(facts.countries))


def _reasons(reasons: Sequence[Count]) -> str:
    if not reasons:
        return ""
    parts = [f"{number(one.number)} ({one.label})" for one in reasons]
    return f" {say('Not on the map: {reasons}.', reasons=join_words(parts))}"


def not_covered(summary: Summary) -> tuple[str, ...]:
    """Return sentences on what the records are not, and must not be used for."""
    facts = summary.coverage
    told = [
        say_many(
            "Only what {n} document tells is recorded.",
            "Only what {n} documents tell is recorded.",
            len(summary.documents),
        ),
        say("The newest of them is dated {date}.", date=describe_date(facts.newest_document))
        if facts.newest_document
        else "",
        say("What they leave out is missing here, and so is what happened later."),
    ]
    return (
        " ".join(one for one in told if one),
        say(
            "Nothing here is complete: not for a group, nor for a country, nor for a year. Few "
            "incidents in a year may only mean that the documents say little of it."
        ),
        say(
            "Do not use the record for statistics of casualties. Tolls overlap and must not be "
            "added up. Counts or campaigns over many events, some of which are recorded on their "
            "own as well: {aggregates}. Incidents that share one toll with another: {combined}. "
            "Single events for which no document gives a number of killed: {without}.",
            aggregates=facts.aggregates,
            combined=facts.combined,
            without=facts.without_toll,
        ),
        say(
            "A base area is a place where a document says that a group was. An aim, the origin "
            "of a leader, or a place where a group is said not to be is not recorded as one."
        ),
        say("A contradiction is listed, not settled."),
    )


def to_markdown(records: Records) -> str:
    """Return the text of DATA.md for a set of records."""
    summary = summarise(records)
    parts = (
        ["# About the record", _MADE_BY],
        [_line(f"{one.number:,} {one.label}" for one in summary.totals)],
        ["## What is covered", _list(covered(summary))],
        ["## What is not covered", _list(not_covered(summary))],
        _reading(),
        ["## Counts of incidents", *_tables(summary.incidents)],
        ["## Counts of base areas", *_tables(summary.base_areas)],
        ["## Counts of groups", *_tables(summary.groups)],
        _sources(summary),
        _disagreements(summary, records),
        _colophon(summary),
    )
    return "\n\n".join(block for part in parts for block in part) + "\n"


def _line(items: Iterable[str]) -> str:
    return f"{join_words(list(items))}."


def _list(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {_plain(sentence)}" for sentence in sentences)


def _plain(text: str) -> str:
    """Return a text that Markdown shows letter by letter, in one line."""
    return " ".join(text.split()).translate(_MARKDOWN)


def _grid(columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """Return a table; the last `numbers` columns are aligned to the right."""
    rules = ["---"] * (len(columns) - numbers) + ["--:"] * numbers
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, rules, *rows))


def _reading() -> list[str]:
    drawn = [(str(one), _plain(PRECISION_WORDS[one]), text) for one, text in guide.DRAWN.items()]
    return [
        "## How to read precision",
        _grid(("Place", "Meaning", "On the map"), drawn),
        _list(guide.PLACE_NOTES),
        _two_columns("Time", guide.TIME_WORDS.items()),
        "## How to read claims",
        _list(guide.CLAIM_NOTES),
        _grid(
            ("Stance", "Shown as", "Meaning"),
            [(str(one), describe_stance(one), text) for one, text in guide.STANCE_WORDS.items()],
        ),
        _two_columns("Hedge", guide.QUALIFIER_WORDS.items()),
        _list(guide.FIGURE_NOTES),
    ]


def _two_columns(name: str, words: Iterable[tuple[str, str]]) -> str:
    return _grid((name, "Meaning"), [(str(one), text) for one, text in words])


def _tables(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        rows = [(_plain(one.label), f"{one.number:,}") for one in table.rows]
        yield f"### {table.heading}"
        if table.note:
            yield table.note
        yield _grid((table.column, "Number"), rows, numbers=1)


def _sources(summary: Summary) -> list[str]:
    documents = [
        (_cite(one.source), f"{one.incidents:,}", f"{one.base_areas:,}", f"{one.claims:,}")
        for one in summary.documents
    ]
    cited = [(_cite(one.source), f"{one.citing:,}") for one in summary.cited]
    families = [join_words([f"“{title}”" for title in family]) for family in summary.families]
    return [
        "## Sources",
        "### Documents read",
        _grid(("Document", "Incidents", "Base areas", "Claims"), documents, numbers=3),
        *([f"One family each:\n\n{_list(families)}"] if families else []),
        "### Sources that the documents cite",
        "These were not read for the record. The number is that of the claims that cite them.",
        _grid(("Source", "Claims"), cited, numbers=1),
    ]


def _cite(source: Source) -> str:
    licence = f" ({_plain(source.licence)})" if source.licence else ""
    address = safe_url(source.url)
    # An address with a letter that would end the link or the table cell stays out.
    link = f" <{address}>" if _ADDRESS.fullmatch(address) else ""
    return f"{_plain(cite(source))}{licence}{link}"


def _disagreements(summary: Summary, records: Records) -> list[str]:
    found = summary.contradictions
    count = say_many(
        "{n} record with claims that disagree.",
        "{n} records with claims that disagree.",
        len(found),
    )
    blocks = [block for one in found for block in _contradiction(one, records)]
    return ["## Contradictions", count, guide.CONTRADICTION_NOTE, *blocks]


def _contradiction(found: Contradiction, records: Records) -> Iterator[str]:
    when = f", {_plain(found.when)}" if found.when else ""
    yield f"### {_plain(found.title)}{when} (`{found.id}`)"
    for matter in found.matters:
        yield _matter(matter, records)


def _matter(matter: Matter, records: Records) -> str:
    inside = " (within one document)" if matter.in_one_document else ""
    said = "\n".join(f"- {_said(one, records)}" for one in matter.said)
    return f"**{_plain(matter.heading)}**{inside}\n\n{said}"


def _said(said: Said, records: Records) -> str:
    source = records.sources_by_id.get(said.source)
    title = source.title if source else said.source
    who = f"{said.by or 'the document'} {said.stance}".strip() if said.by or said.stance else ""
    words = ": ".join(part for part in (who, said.value) if part)
    note = f" {said.note}" if said.note else ""
    where = f"“{title}”, {said.locator}" if said.locator else f"“{title}”"
    return _plain(f"{words} [{where}]{note}")


def _colophon(summary: Summary) -> list[str]:
    return [
        "## Version, licence, errors",
        _list(
            (
                f"Version of the data: {summary.version}. Every change of a record changes it.",
                (
                    "Licence of the records: Creative Commons Attribution 4.0 International "
                    "(CC BY 4.0); LICENSE-DATA names that of the map and of the place names."
                ),
                f"Credit: {CREDIT}",
                guide.REPORT_ERROR,
            )
        ),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write DATA.md for the shipped records."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata.account.summary", description=main.__doc__
    )
    parser.add_argument("path", nargs="?", default=Path("DATA.md"), type=Path)
    with open_atomic(parser.parse_args(arguments).path) as stream:
        stream.write(to_markdown(load()))


if __name__ == "__main__":
    main()
