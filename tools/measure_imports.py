"""Measure the structure of the packages: imports a module, the longest chain, crowded folders.

Run as `python tools/measure_imports.py`; it ends with 1 where a limit is passed. What counts:

- A module is a Python file of `geodata` or `mapview`. A room's face, an `__init__.py` that only
  hands names on, is none. What is imported through a face counts once for the room, whatever it
  holds, since that is all that a reader of the import must know; a chain leads on to the modules
  that define the names, since that is where the reader goes.
- An import counts wherever it stands, in a function or under `TYPE_CHECKING` too, once for each
  pair of modules.
- A chain is a path of imports; modules that import each other have none, and are an error.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("geodata", "mapview")

LONGEST_CHAIN = 12
MOST_IMPORTS = 3.8
MOST_MODULES = 14

Graph = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class House:
    """The modules of some packages, and which of them each imports.

    Attributes:
        imports: For each module the modules that define what it imports.
        named: For each module what its imports name: modules, and faces of rooms.
        folders: How many modules stand in each folder, those `__init__.py` that do work included.
    """

    imports: Graph
    named: Graph
    folders: Mapping[str, int] = field(default_factory=dict)

    @property
    def imports_a_module(self) -> float:
        """How many modules and rooms of ours a module imports, on average."""
        return sum(map(len, self.named.values())) / max(len(self.named), 1)

    @property
    def crowded(self) -> list[str]:
        """Folders with more modules than one can keep in mind."""
        return sorted(one for one, count in self.folders.items() if count > MOST_MODULES)

    def longest_chain(self) -> list[str]:
        """Return a longest path of imports, from the module at its top.

        Raises:
            graphlib.CycleError: If modules import each other; its second argument names them.
        """
        chains: dict[str, list[str]] = {}
        for module in TopologicalSorter(self.imports).static_order():
            below = (chains[one] for one in sorted(self.imports[module]))
            chains[module] = [module, *max(below, key=len, default=[])]
        return max((chains[one] for one in sorted(chains)), key=len, default=[])


def measure(root: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> House:
    """Read the imports of all modules of some packages below a folder."""
    paths = {
        _name(path, root): path
        for package in packages
        for path in sorted((root / package).rglob("*.py"))
    }
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    faces = {
        name: _handed_on(tree)
        for name, tree in trees.items()
        if paths[name].name == "__init__.py" and _hands_on(tree)
    }
    modules = trees.keys() - faces.keys()
    imports: dict[str, frozenset[str]] = {}
    named: dict[str, frozenset[str]] = {}
    for name in sorted(modules):
        asked = list(_imported(trees[name]))
        homes = (_home(one, trees.keys(), faces) for one in asked)
        imports[name] = frozenset(one for one in homes if one in modules and one != name)
        doors = (_door(one, trees.keys(), faces) for one in asked)
        named[name] = frozenset(one for one in doors if one in trees and one != name)
    folders = Counter(paths[name].parent.relative_to(root).as_posix() for name in modules)
    return House(imports, named, folders)


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _hands_on(tree: ast.Module) -> bool:
    """Whether a module only hands names on: a docstring, imports and `__all__`.

    One that loads them when they are asked for imports them for checkers of types, and has a
    `__getattr__`.
    """
    is_lazy = any(
        isinstance(one, ast.FunctionDef) and one.name == "__getattr__" for one in tree.body
    )
    return all(
        isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("__"))
        or (is_lazy and _serves_names(node))
        for node in tree.body
    )


def _serves_names(node: ast.stmt) -> bool:
    """Whether a statement says where names are, or looks them up."""
    if isinstance(node, ast.FunctionDef):
        return node.name in ("__getattr__", "__dir__")
    is_table = isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    return is_table or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")


def _handed_on(tree: ast.Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield what a module imports, as dotted names down to the name itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _door(dotted: str, known: Container[str], faces: Mapping[str, Mapping[str, str]]) -> str:
    """Return the module by which a dotted name is asked for: a face, where it hands the name on."""
    face, _, name = dotted.rpartition(".")
    # A function may have the name of the module that it stands in.
    return face if name in faces.get(face, {}) else _home(dotted, known, {})


def _home(dotted: str, known: Container[str], faces: Mapping[str, Mapping[str, str]]) -> str:
    """Return the module that a dotted name leads to; empty for what is not ours."""
    name = dotted
    while name and name not in known:
        name = name.rpartition(".")[0]
    rest = dotted.removeprefix(name).removeprefix(".").partition(".")[0]
    if name in faces and rest in faces[name] and faces[name][rest] != dotted:
        return _home(faces[name][rest], known, faces)
    return name


def main() -> int:
    """Print the figures, and return 1 where a limit is passed."""
    house = measure()
    try:
        chain = house.longest_chain()
    except CycleError as error:
        print(f"modules must not import each other, got {' > '.join(error.args[1])}")
        return 1
    mean = house.imports_a_module
    print(f"{len(house.imports)} modules, {mean:.2f} imports a module (at most {MOST_IMPORTS})")
    print(f"longest chain {len(chain)} (at most {LONGEST_CHAIN}): {' > '.join(chain)}")
    print(f"folders with more than {MOST_MODULES} modules: {', '.join(house.crowded) or 'none'}")
    return int(len(chain) > LONGEST_CHAIN or mean > MOST_IMPORTS or bool(house.crowded))


if __name__ == "__main__":
    sys.exit(main())
