"""A row of any table as a draft of a record, by the parts that its columns play."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from geodata.importing.guesses import Plan, RowKind, counted_part, header_words
from geodata.importing.making import (
    CODES,
    Draft,
    Evidence,
    RowError,
    check_country,
    in_order,
    on_earth,
    place_of_geometry,
    point_of,
    to_degrees,
)
from geodata.importing.values import (
    Order,
    country_code,
    date_of_parts,
    edtf_of,
    is_null,
    joined_axis,
    names_of,
    number_of,
    order_of,
    pair_of,
    settle_o,
    shape_of,
    type_of,
)
from geodata.reading import Row
from geodata.records import (
    FORMS,
    ClaimAbout,
    GeoPrecision,
    Qualifier,
    RecordKind,
    Role,
    Status,
    country_name,
    parse_date,
)

__all__ = ["draft_of_row"]

_TOLLS: tuple[tuple[str, ClaimAbout, Qualifier | None], ...] = (
    ("killed", ClaimAbout.FATALITIES, None),
    ("killed_low", ClaimAbout.FATALITIES, Qualifier.AT_LEAST),
    ("killed_high", ClaimAbout.FATALITIES, Qualifier.AT_MOST),
    ("injured", ClaimAbout.INJURED, None),
    ("injured_low", ClaimAbout.INJURED, Qualifier.AT_LEAST),
    ("injured_high", ClaimAbout.INJURED, Qualifier.AT_MOST),
    ("casualties", ClaimAbout.CASUALTIES, None),
)
_TOTALS = re.compile(
    r"(?:grand |sub)?totals?|sum|summe|gesamt|insgesamt|всего|итого", re.IGNORECASE
)
# Of a place that is known to the town, and says nothing more.
_TOWN_KM = 15.0
_USUAL_KM = {GeoPrecision.SITE: 1.0}
_UNSTATED = "Coordinates of the file, which does not say how exact they are."
_FIRST_SENTENCE = re.compile(r".{1,110}?(?:[.!?](?=\s|$)|$)|.{1,110}(?=\s)|.{1,110}", re.DOTALL)
_MOST_LETTERS = 3

# What stands in a row, by part and by column.
Cells = tuple[Callable[[str], str], Mapping[str, str]]


def draft_of_row(row: Row, texts: Mapping[str, str], plan: Plan, evidence: Evidence) -> Draft:
    """Return what a row says.

    Args:
        row: The row, for its geometry.
        texts: Its cells by the names of their columns.
        plan: Which column plays which part.
        evidence: Makes its claims.

    Raises:
        RowError: If it is no record.
    """

    def cell(role: str) -> str:
        for column in plan.columns(role):
            text = texts.get(column, "")
            if not is_null(text):
                return text
        return ""

    draft = Draft(
        upstream_id=cell("id"),
        type_of_source=cell("type"),
        place=cell("place"),
        admin1=cell("admin1"),
        admin2=cell("admin2"),
        country=country_code(cell("country")),
        summary=cell("text"),
        target=cell("target"),
    )
    draft.types = (type_of(draft.type_of_source),)
    if (status := cell("status")) in list(Status):
        draft.status = Status(status)
    draft.event_date = _date(draft, cell, plan)
    _place(draft, row, (cell, texts), plan)
    _precise(draft, cell)
    given = cell("title")
    if not _is_record(draft, given):
        raise RowError("not_a_record", "", (given or draft.place)[:80])
    draft.title = given or _title(draft, row)
    if plan.row is RowKind.COUNT:
        draft.kind = RecordKind.AGGREGATE
    _tolls(draft, cell, plan, evidence, texts)
    for column in plan.columns("actor"):
        evidence.involve(draft, texts.get(column, ""), Role.OTHER)
    check_country(draft, next(iter(plan.columns("country")), ""))
    _doubt_date(draft, next(iter(plan.columns("date")), ""))
    if not draft.has_point and plan.columns("lat") + plan.columns("point"):
        draft.doubt("place_unknown", next(iter(plan.columns("lat") or plan.columns("point"))))
    return draft


def _doubt_date(draft: Draft, column: str) -> None:
    if not draft.event_date or draft.event_date == "XXXX":
        draft.doubt("date_unknown", column)
    elif parse_date(draft.event_date).start > date.today():
        draft.doubt("date_to_come", column, draft.event_date)


def _date(draft: Draft, cell: Callable[[str], str], plan: Plan) -> str:
    if plan.columns("year"):
        return _of_parts(draft, cell, plan)
    column = next(iter(plan.columns("date")), "")
    text = cell("date")
    first = _edtf(text, plan) if text else ""
    if first is None:
        raise RowError("date_unreadable", column, text)
    end = cell("end")
    last = _edtf(end, plan) if end else ""
    for role, one, text_there in (("date", first, text), ("end", last, end)):
        # So begin two days of which one is of our own years 1250 to 1471.
        if one and one.startswith("[1") and order_of(text_there) == "calendar":
            draft.doubt("calendar_unknown", next(iter(plan.columns(role)), ""), text_there, one)
    if last is None:
        draft.doubt("end_unreadable", next(iter(plan.columns("end")), ""), end)
    try:
        return in_order(first, last or "")
    except RowError as error:
        draft.doubt(error.rule, column, error.value, error.suggestion)
        return first


def _edtf(text: str, plan: Plan) -> str | None:
    # One year such as 2567 among others is no year of the Buddhist era, but a slip.
    is_slip = plan.order is None and order_of(text) is Order.BUDDHIST
    return edtf_of(text, Order.YMD if is_slip else plan.order)


def _of_parts(draft: Draft, cell: Callable[[str], str], plan: Plan) -> str:
    year, month, day = (cell(one) for one in ("year", "month", "day"))
    if not year:
        return ""
    told = ", ".join(one for one in (year, month, day) if one)
    found = date_of_parts(year, month, day, plan.order)
    if found is None:
        raise RowError("date_unreadable", "", told)
    if found.startswith("["):
        draft.doubt("calendar_unknown", next(iter(plan.columns("year"))), told, found)
    return found


def _place(draft: Draft, row: Row, cells: Cells, plan: Plan) -> None:
    cell, _ = cells
    shape = shape_of(cell("point"))
    if shape is None and not plan.columns("lat") + plan.columns("point"):
        shape = row.geometry
    if shape is not None:
        found = place_of_geometry(draft, shape)
        if found:
            point, precision, radius = found
            if radius:
                draft.precision, draft.radius_km = precision, radius
                draft.basis = "A point in the outline of the file; the circle holds all of it."
            _at(draft, point)
        return
    _at(draft, _point(draft, cells, plan))
    if draft.has_point and any("centroid" in header_words(one) for one in plan.columns("lat")):
        draft.precision, draft.radius_km = GeoPrecision.PROVINCE, FORMS[GeoPrecision.PROVINCE][1]
        draft.basis = "The middle of an area, as the name of the column says."


def _point(draft: Draft, cells: Cells, plan: Plan) -> tuple[float, float] | None:
    cell, texts = cells
    if plan.columns("point"):
        column, text = plan.columns("point")[0], settle_o(cell("point"), plan.letter_o)
        if not text:
            return None
        pair = pair_of(text, is_lon_first=plan.is_lon_first)
        if pair is None and not any(one.isdigit() for one in text):
            draft.place = draft.place or text[:200]
            return None
        if pair is None:
            raise RowError("coordinates_unreadable", column, text)
        return on_earth(draft, (column, column), pair)
    lat, lon = plan.columns("lat"), plan.columns("lon")
    if not lat or not lon:
        return None
    if plan.crs:
        return _projected(draft, cell, plan)
    halves = tuple(settle_o(_axis(texts, one), plan.letter_o) for one in (lat, lon))
    return point_of(draft, (lat[0], lon[0]), (halves[0], halves[1]))


def _axis(texts: Mapping[str, str], columns: tuple[str, ...]) -> str:
    """Return a latitude or longitude, which may be parted into several cells."""
    parts = [texts.get(one, "") for one in columns]
    known = ["" if is_null(one) else one for one in parts]
    return joined_axis(known) if known[0] else ""


def _projected(draft: Draft, cell: Callable[[str], str], plan: Plan) -> tuple[float, float] | None:
    columns = (plan.columns("lat")[0], plan.columns("lon")[0])
    y, x = number_of(cell("lat")), number_of(cell("lon"))
    if not cell("lat") and not cell("lon"):
        return None
    if x is None or y is None:
        raise RowError("coordinates_unreadable", columns[0], f"{cell('lat')}, {cell('lon')}")
    lat, lon = to_degrees(plan.crs, x, y)
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004
        raise RowError("coordinates_out_of_range", columns[0], f"{cell('lat')}, {cell('lon')}")
    return on_earth(draft, columns, (lat, lon))


def _at(draft: Draft, point: tuple[float, float] | None) -> None:
    if point is None:
        return
    draft.point, draft.has_point = point, True
    if draft.radius_km is None:
        draft.precision = GeoPrecision.NOT_STATED
        draft.basis = _UNSTATED


def _precise(draft: Draft, cell: Callable[[str], str]) -> None:
    """Let a place be as exact as a row says in our words, and no more."""
    said, radius = cell("precision"), number_of(cell("radius"))
    if not draft.has_point or said not in list(GeoPrecision):
        return
    draft.precision = GeoPrecision(said)
    if draft.precision is GeoPrecision.NOT_STATED:
        return
    usual = FORMS[draft.precision][1] or _USUAL_KM.get(draft.precision, _TOWN_KM)
    draft.radius_km = radius if radius and radius > 0 else usual
    draft.basis = "Coordinates of the file, and how exact it says they are."
    if not draft.precision.is_mappable:
        draft.point = None


def _is_record(draft: Draft, title: str) -> bool:
    """Whether a row says when, where or what; a line of totals says neither."""
    if draft.event_date or draft.has_point:
        return True
    words = [title, draft.summary, draft.place, draft.admin1, draft.admin2]
    said = [one for one in words if len(one) >= _MOST_LETTERS and number_of(one) is None]
    return any(not _TOTALS.fullmatch(one.strip(" :.")) for one in said)


def _title(draft: Draft, row: Row) -> str:
    where = draft.place or draft.admin2 or draft.admin1
    if draft.type_of_source and where:
        return f"{draft.type_of_source}, {where}"
    if draft.summary:
        found = _FIRST_SENTENCE.match(" ".join(draft.summary.split()))
        return found[0].strip() if found and found[0].strip() else f"Row {row.number}"
    country = country_name(draft.country) if draft.country else ""
    return draft.type_of_source or where or country or f"Row {row.number}"


def _order(draft: Draft, plan: Plan, counted: Mapping[str, list[int]]) -> None:
    """Note estimates that are not in their order."""
    for best in ("killed", "injured"):
        roles = [one for one in (f"{best}_low", best, f"{best}_high") if one in counted]
        found = [counted[one] for one in roles]
        if any(len(one) > 1 for one in found) or found == sorted(found):
            continue
        told = ", ".join(f"{one} {value:,}" for one, [value] in zip(roles, found, strict=True))
        draft.doubt("estimates_out_of_order", plan.columns(roles[0])[0], told)


def _tolls(
    draft: Draft,
    cell: Callable[[str], str],
    plan: Plan,
    evidence: Evidence,
    texts: Mapping[str, str],
) -> None:
    url = next((one for one in cell("url").split() if one.startswith(("http://", "https://"))), "")
    names = [name for one in plan.columns("source") for name in names_of(texts.get(one, ""))]
    cites = evidence.cite([one[:300] for one in names] or [url], url)
    counted: dict[str, list[int]] = {}
    for role, about, qualifier in _TOLLS:
        for column in plan.columns(role):
            text = texts.get(column, "")
            part, _ = counted_part(column)
            found = evidence.count(draft, about, (column, text), qualifier, cites=cites, part=part)
            if found is not None:
                counted.setdefault(role, []).append(found)
            elif text in CODES:
                draft.doubt("toll_coded", column, text)
    _order(draft, plan, counted)
    if not counted:
        # What it rests on is told even where nothing is counted.
        what = draft.type_of_source or "As the file has it."
        draft.claims.append(evidence.claim(ClaimAbout.EVENT_TYPE, what, cites=cites))
