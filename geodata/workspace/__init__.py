"""Which datasets does a user have, and what is in each: folders that anybody can open."""

from geodata.workspace.folder import (
    WORKSPACE_VARIABLE,
    Dataset,
    Manifest,
    Workspace,
    dataset_at,
    files_of,
    workspace_folder,
)
from geodata.workspace.incoming import Incoming
from geodata.workspace.opening import Parts, open_parts, parts_of, read_all
from geodata.workspace.recipes import read_recipe, recipe_text
from geodata.workspace.updating import Difference, compare
from geodata.workspace.writing import build

__all__ = [
    "WORKSPACE_VARIABLE", "Dataset", "Difference", "Incoming", "Manifest", "Parts", "Workspace",
    "build", "compare", "dataset_at", "files_of", "open_parts", "parts_of", "read_all",
    "read_recipe", "recipe_text", "workspace_folder",
]  # fmt: skip
