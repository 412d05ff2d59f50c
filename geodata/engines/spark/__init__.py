"""How is a dataset put where a standalone cluster of Spark reads it, and asked there?"""

from geodata.engines.spark.folder import open_folder, push_to_folder
from geodata.engines.spark.keeping import datasets_in_folder, remove_from_folder
from geodata.engines.spark.sessions import Sessions, end

__all__ = [
    "Sessions", "datasets_in_folder", "end", "open_folder", "push_to_folder", "remove_from_folder",
]  # fmt: skip
