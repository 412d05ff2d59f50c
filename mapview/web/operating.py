"""What those who run a server ask it: whether it lives, and how much it has to do.

Nothing here tells of a record or of whoever asks: requests are counted by the route that answered,
never by their address.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, ProcessCollector
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from geodata.errors import GeodataError
from mapview.data import current_store
from mapview.settings import current_settings
from mapview.web.asking import route
from mapview.web.middleware import REGISTRY
from mapview.workers import load_of_queues

__all__ = ["HEALTH", "METRICS", "OPERATING_ROUTES"]

HEALTH = "/healthz"
METRICS = "/metrics"
_NO_STORE = {"Cache-Control": "no-store"}


def health(_: Request) -> Response:
    """Answer whether records are open; a proxy asks this before it sends anybody here.

    A database that is away is no reason to send nobody: what was answered is answered still, and
    all else with a sentence.
    """
    try:
        store = current_store()
    except GeodataError as error:
        return JSONResponse({"error": str(error)}, status_code=503, headers=_NO_STORE)
    told = {"status": "ok", "version": store.version, "incidents": store.all_incidents}
    return JSONResponse(told, headers=_NO_STORE)


def metrics(_: Request) -> Response:
    """Answer numbers in the text that Prometheus reads, if the server was started to."""
    if not current_settings().has_metrics:
        raise HTTPException(404)
    return PlainTextResponse(
        generate_latest(REGISTRY), headers=_NO_STORE, media_type=CONTENT_TYPE_LATEST
    )


class _State(Collector):
    """What can be read off at any time: the data that are shown, and who waits for what."""

    def collect(self) -> Iterator[Metric]:
        """Yield it as it is now."""
        store = current_store()
        yield InfoMetricFamily(
            "mapview_data", "The data that are shown.", value={"version": store.version}
        )
        yield GaugeMetricFamily(
            "mapview_incidents", "Incidents in the data.", value=store.all_incidents
        )
        working = GaugeMetricFamily(
            "mapview_work_running", "Heavy work that is being done.", labels=["kind"]
        )
        waiting = GaugeMetricFamily(
            "mapview_work_waiting", "Heavy work that waits for its turn.", labels=["kind"]
        )
        for kind, (at_work, in_line) in load_of_queues().items():
            working.add_metric([kind], at_work)
            waiting.add_metric([kind], in_line)
        yield working
        yield waiting


REGISTRY.register(_State())
ProcessCollector(registry=REGISTRY)

OPERATING_ROUTES = [route(HEALTH, health), route(METRICS, metrics)]
