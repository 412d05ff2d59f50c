"""The HTTP routes beside the page: views, records and exports as JSON, and the map's own files.

Routes know nothing of a user's session: the whole filter travels in `f`. A bad parameter is a 422
with a sentence, an unknown record a 404. Endpoints are plain functions, which run in threads, so
that a slow query never holds up the page.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

import xstatic.pkg.leaflet
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from geodata.errors import RequestError
from geodata.geodesy import WORLD_BITS
from geodata.places.topology import BASEMAP_DIR
from geodata.queries import MercatorBox
from geodata.records import to_feature
from geodata.scope import Count
from mapview import assets
from mapview.assets.bundle import bundle as join_modules
from mapview.data import current_store
from mapview.layer import payloads
from mapview.layer.colours import colours
from mapview.programs import counts_payload, tolls_payload
from mapview.web.answers import is_known, takes_gzip
from mapview.web.asking import answer_once, filter_of, parameter, refuse_other_data, route

__all__ = ["DATA_ROUTES"]

ASSETS_DIR = Path(assets.__file__).parent

_ENTRIES = {"mapview.js": assets.FRAME_ENTRY, "drop.js": assets.DROP_ENTRY}
_MOST_LISTED = 100
# A view across the date line is two boxes.
_MOST_BOXES = 2


def version(request: Request) -> Response:
    """Answer which data these are, or that they are not those of the page that asks."""
    refuse_other_data(request, current_store().version)
    headers = {"Cache-Control": "no-store"}
    return JSONResponse({"version": current_store().version}, headers=headers)


def _boxes(request: Request) -> tuple[MercatorBox, ...]:
    texts = request.query_params.getlist("b")
    if not 1 <= len(texts) <= _MOST_BOXES:
        raise RequestError(f"b must be given once to {_MOST_BOXES} times, got {len(texts)} of it")
    return tuple(map(_to_box, texts))


def _box(request: Request) -> MercatorBox:
    return _to_box(parameter(request, "b"))


def _to_box(text: str) -> MercatorBox:
    match = re.fullmatch(r"(-?\d{1,12}),(-?\d{1,12}),(-?\d{1,12}),(-?\d{1,12})", text, re.ASCII)
    if match is None:
        raise RequestError(f"b must be x0,y0,x1,y1 in web-mercator integers, got {text!r:.80}")
    x0, y0, x1, y1 = (int(part) for part in match.groups())
    if x1 < x0 or y1 < y0:
        raise RequestError(f"b must have x0 <= x1 and y0 <= y1, got {text}")
    side = (1 << WORLD_BITS) - 1
    return MercatorBox(max(0, x0), max(0, y0), min(side, x1), min(side, y1))


def _zoom(request: Request) -> int:
    text = parameter(request, "z")
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII):
        raise RequestError(f"z must be a whole number within [0, 22], got {text!r:.20}")
    return int(text)


def view(request: Request) -> Response:
    """Answer what the map shows within a box."""
    chosen, zoom, box = filter_of(request), _zoom(request), _box(request)
    store = current_store()
    return answer_once(
        request,
        current_store().version,
        lambda: payloads.view_payload(store.view(chosen, zoom, box), store),
    )


def areas(request: Request) -> Response:
    """Answer the base areas that a filter shows."""
    chosen = filter_of(request)
    return answer_once(
        request, current_store().version, lambda: payloads.areas_payload(chosen, current_store())
    )


def counts(request: Request) -> Response:
    """Answer how many incidents a filter finds, certainly and possibly."""
    chosen = filter_of(request)
    return answer_once(
        request, current_store().version, lambda: counts_payload(chosen, current_store())
    )


def tolls(request: Request) -> Response:
    """Answer how many were killed and injured in all that a filter finds, within bounds."""
    chosen = filter_of(request)
    return answer_once(
        request, current_store().version, lambda: tolls_payload(chosen, current_store())
    )


def listed(request: Request) -> Response:
    """Answer the incidents within a cell that no zoom can open further."""
    chosen, box = filter_of(request), _box(request)

    def make() -> dict[str, object]:
        store = current_store()
        return payloads.list_payload(store.listed(chosen, box, limit=_MOST_LISTED), store.own_types)

    return answer_once(request, current_store().version, make)


def within(request: Request) -> Response:
    """Answer how many incidents are drawn within some boxes, and how many on the whole map.

    Of both those that certainly fit the filter, and those that may.
    """
    chosen, boxes = filter_of(request), _boxes(request)

    def make() -> dict[str, Count]:
        store = current_store()
        return {"inside": store.within(chosen, boxes), "placed": store.totals(chosen).on_map}

    return answer_once(request, current_store().version, make)


def incident(request: Request) -> Response:
    """Answer one whole incident."""
    identifier = request.path_params["identifier"]
    store = current_store()
    found = store.incident(identifier)
    if found is None:
        return JSONResponse(
            {"error": f"id must be that of an incident, got {identifier[:200]!r}"}, status_code=404
        )
    return JSONResponse(to_feature(found, store.context), media_type="application/geo+json")


@cache
def _basemap_bytes(name: str) -> bytes:
    return (BASEMAP_DIR / f"{name}.gz").read_bytes()


def basemap(request: Request) -> Response:
    """Answer a part of the basemap; it is stored compressed and sent so."""
    name = request.path_params["name"]
    # The pattern comes first: only a short plain name may reach the file system.
    plain = re.fullmatch(r"[a-z]{1,40}\.[a-z]{1,40}", name)
    if plain is None or not (BASEMAP_DIR / f"{name}.gz").is_file():
        return JSONResponse({"error": f"there is no basemap {name[:80]!r}"}, status_code=404)
    return _packed(request, _basemap_bytes(name), "application/json", "max-age=3600")


@cache
def _bundle(name: str) -> bytes:
    """Return the scripts of a page, or all own styles, as one file, so that it asks only once.

    It is packed once, and not anew for each reader.
    """
    if name in _ENTRIES:
        text = join_modules(_ENTRIES[name])
    else:
        styles = "\n".join((ASSETS_DIR / name).read_text("utf-8") for name in assets.STYLESHEETS)
        text = f"{colours()}\n{styles}"
    return gzip.compress(text.encode(), 9, mtime=0)


def bundle(request: Request) -> Response:
    """Answer the map's own scripts or styles."""
    name = request.url.path.rpartition("/")[2]
    kind = "text/javascript" if name in _ENTRIES else "text/css"
    return _packed(request, _bundle(name), kind, "no-cache")


def _packed(request: Request, packed: bytes, kind: str, lasts: str) -> Response:
    """Answer with what is kept compressed, as it is or unpacked."""
    headers = {
        "ETag": f'"{hashlib.sha256(packed).hexdigest()[:20]}"',
        "Cache-Control": lasts,
        "Vary": "Accept-Encoding",
    }
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
        return Response(packed, media_type=kind, headers=headers)
    return Response(gzip.decompress(packed), media_type=kind, headers=headers)


class _Before(Convertor[str]):
    """What may stand before one of our rooms in a path: anything but Streamlit's own rooms."""

    regex = r"(?!(?:_stcore|media|component|static)/)(?s:.*/)?"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Room(_Before):
    regex = r"(?i:api|assets|embed|ogc)"


class _Rest(_Before):
    regex = r"(?s:/.*)?"


register_url_convertor("before", _Before())
register_url_convertor("room", _Room())
register_url_convertor("rest", _Rest())


def _unknown(request: Request) -> Response:
    """Answer for what is in none of our rooms; Streamlit would answer with its page."""
    return JSONResponse({"error": f"there is no {request.url.path[:200]}"}, status_code=404)


def _leaflet_dir() -> Path:
    return Path(xstatic.pkg.leaflet.BASE_DIR)


DATA_ROUTES = [
    route("/api/version", version),
    route("/api/view", view, "b", "z"),
    route("/api/areas", areas),
    route("/api/list", listed, "b"),
    route("/api/within", within, "b"),
    route("/api/counts", counts),
    route("/api/tolls", tolls),
    route("/api/incidents/{identifier:path}", incident),
    Route("/assets/basemap/{name}", basemap),
    Route("/assets/mapview.js", bundle),
    Route("/assets/drop.js", bundle),
    Route("/assets/mapview.css", bundle),
    Mount("/assets/leaflet", StaticFiles(directory=_leaflet_dir())),
    Route("/{before:before}{room:room}{rest:rest}", _unknown),
]
