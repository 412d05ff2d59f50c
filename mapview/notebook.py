"""The stage in a notebook: shown without a network, and asked what was chosen on it.

The page is the one that opens from disk, in a frame without an origin of its own. It holds all
records, so that a filter can be taken back there; what was chosen comes back as text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from geodata import Filter, GeodataError, Records, Store
from mapview import assets
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.page import MOST_INCIDENTS, write_page

__all__ = ["Exploration", "explore"]

_HEIGHT = 720
_SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
_NEEDS = "pip install 'mapview-incidents[notebook]'"


def explore(
    shown: Records | Store,
    chosen: Filter | str | None = None,
    *,
    height: int = _HEIGHT,
    licensed: bool = False,
) -> Exploration:
    """Return records on a map, for the last line of a notebook's cell.

    Args:
        shown: Records, or a store of them.
        chosen: A filter to begin with, or its text; `None` for everything.
        height: Of the map with all that stands around it, in pixels.
        licensed: Whether the user holds a licence for sources that forbid to publish what is in
            them; a notebook may go to others, so that it is left out otherwise.

    Raises:
        FilterError: If the text is no filter.
        GeodataError: If there are more than 50,000 incidents, and the filter finds more, too.
    """
    store = Store.of(shown) if isinstance(shown, Records) else shown
    begun = Filter.from_query(chosen or "") if not isinstance(chosen, Filter) else chosen
    # A page that cannot hold them all holds what the first filter finds.
    held = Filter() if store.all_incidents <= MOST_INCIDENTS else begun
    publication = replace(BriefingOptions().publication, licensed=licensed)
    options = BriefingOptions(publication=publication)
    briefing = compose(store, held, options)
    page = write_page(briefing, tells=True)
    return Exploration(store, briefing.records, page, begun, height)


class Exploration:
    """A map in a notebook.

    Args:
        store: What is asked.
        held: What of it the page holds.
        page: The page.
        begun: The filter that it begins with.
        height: Of its frame, in pixels.
    """

    def __init__(
        self, store: Store, held: Records, page: bytes, begun: Filter, height: int
    ) -> None:
        self._store, self._page, self._height = store, page, height
        self._incidents = frozenset(one.id for one in held.incidents)
        self._areas = frozenset(one.id for one in held.base_areas)
        self._begun = begun.to_query()
        self._widget = _widget(page, self._begun, height)

    @property
    def chosen(self) -> Filter:
        """The filter that is chosen; another one that is set here is shown at once.

        Raises:
            GeodataError: If anywidget is not installed, which brings it back from the browser.
        """
        return Filter.of_state(self._state)

    @chosen.setter
    def chosen(self, chosen: Filter | str) -> None:
        asked = chosen if isinstance(chosen, Filter) else Filter.from_query(chosen)
        before = {key for key, _ in self.chosen.to_pairs()}
        rest = [pair for pair in parse_qsl(self._state) if pair[0] not in before]
        self._told().state = urlencode([*asked.to_pairs(), *rest])

    @property
    def ids(self) -> list[str]:
        """The ids of the incidents that are shown, in order."""
        return sorted(self._store.ids(self.chosen) & self._incidents)

    @property
    def areas(self) -> list[str]:
        """The ids of the base areas that are shown, in order."""
        found = {view.area.id for view in self._store.areas(self.chosen)}
        return sorted(found & self._areas)

    @property
    def selected(self) -> str | None:
        """The id of the incident whose record is open, if one is."""
        return next((value for key, value in parse_qsl(self._state) if key == "id"), None)

    @property
    def records(self) -> Records:
        """The records that are shown, with the groups and sources that they name."""
        found = self._store.select(self.chosen)
        return found.subset(
            incidents=[one for one in found.incidents if one.id in self._incidents],
            base_areas=[one for one in found.base_areas if one.id in self._areas],
        )

    @property
    def _state(self) -> str:
        return str(self._told().state)

    def _told(self) -> Any:
        if self._widget is None:
            raise GeodataError(f"to come back, what is chosen needs anywidget: {_NEEDS}")
        return self._widget

    def __repr__(self) -> str:
        count = len(self._incidents)
        return f"<{'1 incident' if count == 1 else f'{count:,} incidents'} on a map>"

    def _repr_mimebundle_(self, **_: Any) -> Any:
        """Return what a notebook shows: the widget, or the page alone where it cannot come back."""
        if self._widget is not None:
            return self._widget._repr_mimebundle_()
        return {"text/plain": repr(self), "text/html": self._repr_html_()}

    def _repr_html_(self) -> str:
        page = escape(self._page.decode())
        style = f"display:block;width:100%;height:{self._height}px;border:0"
        return (
            f'<iframe title="Map of documented incidents" sandbox="{_SANDBOX}" '
            f'name="{escape(self._begun)}" style="{style}" srcdoc="{page}"></iframe>'
            f"<p>What is chosen here comes back to Python only with anywidget: "
            f"<code>{escape(_NEEDS)}</code></p>"
        )


def _widget(page: bytes, state: str, height: int) -> Any:
    """Return the widget; `None` if what makes it is not installed."""
    try:
        kind = _kind()
    except ModuleNotFoundError:
        return None
    return kind(page=page, state=state, height=height)


@cache
def _kind() -> Any:
    import anywidget
    import traitlets

    class Stage(anywidget.AnyWidget):
        """The page, and the state that the page and Python both know."""

        _esm = Path(assets.__file__).with_name(assets.NOTEBOOK_ENTRY)
        page = traitlets.Bytes().tag(sync=True)
        state = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int().tag(sync=True)

    return Stage
