"""How is a dataset put into a database that others run, and how is it opened from there?"""

from geodata.engines.address import EngineAddress
from geodata.engines.opening import EngineParts, open_engine
from geodata.engines.pushing import Pushed, push

__all__ = ["EngineAddress", "EngineParts", "Pushed", "open_engine", "push"]
