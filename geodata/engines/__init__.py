"""How is a dataset put into a database that others run, and how is it opened from there?"""

from geodata.engines.address import EngineAddress
from geodata.engines.opening import EngineParts, open_engine
from geodata.engines.pushing import (
    Pushed,
    push,
    push_versions,
    pushed_datasets,
    remove_pushed,
)
from geodata.engines.versions import Kept, PushedDataset, Version

__all__ = [
    "EngineAddress", "EngineParts", "Kept", "Pushed", "PushedDataset", "Version", "open_engine",
    "push", "push_versions", "pushed_datasets", "remove_pushed",
]  # fmt: skip
