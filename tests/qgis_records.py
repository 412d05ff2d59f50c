"""The made-up records that `tests/corpus/qgis/` holds copies of."""

from __future__ import annotations

from fixed_records import base_area, claim, incident

from geodata.records.collection import Records

__all__ = ["IN_QGIS"]

IN_QGIS = Records(
    (
        incident(
            "a",
            event_types=("bombing", "arson"),
            points=((69.2, 34.5),),
            country="AF",
            other_countries=("PK", "TJ"),
            related=("b", "d"),
            claims=(claim("fatalities", 4),),
            upstream={"remark": "kept"},
        ),
        incident("b", event_date="../2018", summary='Two; "cells", one line', country="AF"),
        incident(
            "d",
            title="انفجار",
            event_date="2021-05",
            points=((69.0, 34.0), (70.0, 35.0)),
            radius_km=7.5,
        ),
    ),
    (base_area("c", valid_from="2015", claims=(claim("place", "Achin"),)),),
)
