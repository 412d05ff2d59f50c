"""Which datasets does a user have, and what is in each: folders that anybody can open."""

from geodata.workspace.beginning import begin_file, begin_update
from geodata.workspace.columnar import in_columns, write_dataset
from geodata.workspace.duplicates import Pair, find_pairs, records_of
from geodata.workspace.folder import (
    WORKSPACE_VARIABLE,
    Dataset,
    Manifest,
    Opened,
    Workspace,
    at_end_of,
    check_not_to_come,
    dataset_at,
    files_of,
    version_named,
    workspace_folder,
)
from geodata.workspace.incoming import Incoming
from geodata.workspace.linking import Links, as_linked, link_records, read_links
from geodata.workspace.opening import (
    Parts,
    as_known,
    came_on,
    day_of,
    open_parts,
    parts_of,
    read_all,
)
from geodata.workspace.recipes import read_recipe, recipe_text
from geodata.workspace.updating import (
    Between,
    Changed,
    Difference,
    Said,
    compare,
    compare_versions,
)
from geodata.workspace.writing import build

__all__ = [
    "WORKSPACE_VARIABLE", "Between", "Changed", "Dataset", "Difference", "Incoming", "Links",
    "Manifest", "Opened", "Pair", "Parts", "Said", "Workspace", "as_known", "as_linked",
    "at_end_of", "begin_file", "begin_update", "build", "came_on", "check_not_to_come", "compare",
    "compare_versions", "dataset_at", "day_of", "files_of", "find_pairs", "in_columns",
    "link_records", "open_parts", "parts_of", "read_all", "read_links", "read_recipe",
    "recipe_text", "records_of", "version_named", "workspace_folder", "write_dataset",
]  # fmt: skip
