"""How is a dataset put where a standalone cluster of Spark reads it, and asked there?"""

from geodata.engines.spark.folder import open_folder, push_to_folder
from geodata.engines.spark.sessions import Sessions, end

__all__ = ["Sessions", "end", "open_folder", "push_to_folder"]
