"""How much is worked at once, for how many who wait, and in which process."""

from mapview.workers.making import made
from mapview.workers.names import (
    Wanted,
    get_ready,
    of_version,
    open_shown,
    write_card,
    write_embedded,
    write_export,
    write_file,
)
from mapview.workers.processes import WorkError, renew_helper, start_helper
from mapview.workers.queues import Busy, Queue, Turn, load_of_queues, queue_of

__all__ = [
    "Busy", "Queue", "Turn", "Wanted", "WorkError", "get_ready", "load_of_queues", "made",
    "of_version", "open_shown", "queue_of", "renew_helper", "start_helper", "write_card",
    "write_embedded", "write_export", "write_file",
]  # fmt: skip
