"""What can be set of a server: each setting with its option, its variable and its default.

`mapview serve` makes an option of each, which it hands on as a variable, so that every way to start
the app reads the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from geodata.errors import SettingError
from geodata.publication.rounding import Coarsening

__all__ = [
    "ENGINE_VARIABLE", "SETTINGS", "Setting", "Settings", "current_settings", "has_engine",
    "variables_of",
]  # fmt: skip

# Address of an engine that holds the dataset to show, in place of files. It may hold a password, so
# that it is no setting that is told, and other commands take it, too.
ENGINE_VARIABLE = "MAPVIEW_ENGINE"

_T = TypeVar("_T")
_PATH = re.compile(r"|(?:/[A-Za-z0-9._~-]{1,80}){1,8}")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One thing that can be set.

    Attributes:
        option: Of `mapview serve`, such as `--host`.
        read: Gives the value of all words that were given; the option is named in errors.
        help: What it means.
        metavar: What stands for its value; empty for a switch.
        is_repeated: Whether the option may be given several times.
    """

    option: str
    read: Callable[[str, Sequence[str]], Any]
    help: str
    metavar: str = ""
    is_repeated: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that says the same; words are parted by spaces."""
        return f"MAPVIEW_{self.option.strip('-').replace('-', '_').upper()}"


def _setting(*, default: _T, **others: Any) -> _T:
    return field(default=default, metadata={"setting": Setting(**others)})


def _names(option: str, words: Sequence[str]) -> tuple[str, ...]:
    for word in words:
        if not _NAME.fullmatch(word):
            raise SettingError(
                f"{option} must be a name without port, such as maps.example.org, got {word!r:.80}"
            )
    return tuple(word.casefold().strip("[]") for word in words)


def _file(option: str, words: Sequence[str]) -> str:
    path = " ".join(words)
    if not Path(path).is_file():
        raise SettingError(f"{option} must name a readable file, got {path!r:.200}")
    return str(Path(path).resolve())


def _path(option: str, words: Sequence[str]) -> str:
    path = f"/{words[0].strip('/')}".rstrip("/")
    if len(words) > 1 or not _PATH.fullmatch(path):
        raise SettingError(f"{option} must be a path such as /map, got {' '.join(words)!r:.80}")
    return path


def _count(option: str, words: Sequence[str]) -> int:
    if len(words) > 1 or not re.fullmatch(r"[1-9]\d{0,3}", words[0], re.ASCII):
        raise SettingError(f"{option} must be a number above 0, got {' '.join(words)!r:.80}")
    return int(words[0])


def _switch(option: str, words: Sequence[str]) -> bool:
    if words[0] not in ("on", "off") or len(words) > 1:
        raise SettingError(f"{option} must be on or off, got {' '.join(words)!r:.80}")
    return words[0] == "on"


def _level(option: str, words: Sequence[str]) -> Coarsening:
    if len(words) > 1 or words[0] not in list(Coarsening):
        raise SettingError(
            f"{option} must be {' or '.join(Coarsening)}, got {' '.join(words)!r:.80}"
        )
    return Coarsening(words[0])


@dataclass(frozen=True)
class Settings:
    """How a server is to answer.

    Attributes:
        hosts: Names by which it may be asked, beside those of this machine.
        base_path: Where a proxy puts it, such as `/map`; empty for the root.
        behind_proxy: Whether a proxy's word on encryption is believed.
        is_public: Whether only what may be published is served.
        coarsen: What all places are rounded to in that mode.
        is_embed_only: Whether only the embedded map is served in it.
        embeds: How many embedded maps are made at once.
        exports: How many exports are.
        briefings: How many briefings are.
        waiting: How many more of each may wait.
        has_metrics: Whether numbers on its work are told.
        logs_requests: Whether each request is a line of the log.
        sign_in: Path of the file that says who may read and edit; empty where nobody signs in.
    """

    hosts: tuple[str, ...] = _setting(
        default=(),
        option="--host",
        read=_names,
        metavar="NAME",
        is_repeated=True,
        help="a name by which the server may be asked, such as maps.example.org; may be repeated. "
        "Without it, it answers to localhost and to this machine's addresses only",
    )
    base_path: str = _setting(
        default="",
        option="--base-path",
        read=_path,
        metavar="PATH",
        help="where a reverse proxy puts it, such as /map, whether it hands that on or not",
    )
    behind_proxy: bool = _setting(
        default=False,
        option="--behind-proxy",
        read=_switch,
        help="believe the X-Forwarded-Proto of a reverse proxy; only it may reach the server",
    )
    is_public: bool = _setting(
        default=False,
        option="--public",
        read=_switch,
        help="serve only what may be published: what rests on sources whose licence forbids it is "
        "nowhere, on no page and in no answer",
    )
    coarsen: Coarsening | None = _setting(  # noqa: RUF009 - levels of rounding never change
        default=None,
        option="--coarsen",
        read=_level,
        metavar="LEVEL",
        help="with --public: round all places to the district or province, and serve nothing that "
        "could tell them better",
    )
    is_embed_only: bool = _setting(
        default=False,
        option="--embed-only",
        read=_switch,
        help="with --public: serve the map for other pages (/embed), and neither the app nor data",
    )
    embeds: int = _setting(
        default=1,
        option="--embeds",
        read=_count,
        metavar="N",
        help="how many embedded maps are made at once (1); each is made once for all its readers",
    )
    exports: int = _setting(
        default=1,
        option="--exports",
        read=_count,
        metavar="N",
        help="how many exports are made at once (1)",
    )
    briefings: int = _setting(
        default=1,
        option="--briefings",
        read=_count,
        metavar="N",
        help="how many briefings are made at once (1)",
    )
    waiting: int = _setting(
        default=20,
        option="--waiting",
        read=_count,
        metavar="N",
        help="how many more of each may wait (20); all others are told when to ask again",
    )

    has_metrics: bool = _setting(
        default=False,
        option="--metrics",
        read=_switch,
        help="tell at /metrics how much there is to do, for Prometheus; a proxy keeps others out",
    )
    logs_requests: bool = _setting(
        default=False,
        option="--log-requests",
        read=_switch,
        help="write a line of JSON for each request to standard error: route, status, time, size, "
        "and nothing of what was asked for",
    )
    sign_in: str = _setting(
        default="",
        option="--sign-in",
        read=_file,
        metavar="FILE",
        help="let in only who signs in with an OpenID Connect service; FILE is TOML that names the "
        "service, readers and editors (docs/running.md)",
    )

    def __post_init__(self) -> None:
        """Refuse what means nothing without another setting."""
        for option, is_given in (
            ("--coarsen", self.coarsen is not None), ("--embed-only", self.is_embed_only),
        ):  # fmt: skip
            if is_given and not self.is_public:
                raise SettingError(f"{option} must come with --public, got it alone")
        if self.is_embed_only and self.sign_in:
            raise SettingError(
                "--embed-only must come without --sign-in, got both: who signs in needs the app"
            )


SETTINGS: Mapping[str, Setting] = {one.name: one.metadata["setting"] for one in fields(Settings)}


def current_settings() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingError: If one cannot be meant.
    """
    return _read(tuple(os.environ.get(one.variable, "") for one in SETTINGS.values()))


def has_engine() -> bool:
    """Return whether the records are those that an engine holds."""
    return bool(os.environ.get(ENGINE_VARIABLE))


@lru_cache(maxsize=1)
def _read(texts: tuple[str, ...]) -> Settings:
    given = zip(SETTINGS.items(), texts, strict=True)
    return Settings(
        **{name: one.read(one.option, text.split()) for (name, one), text in given if text.split()}
    )


def variables_of(given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the environment variables that say what options say.

    Args:
        given: Words of each option that was given, by the name of its setting.
    """
    return {SETTINGS[name].variable: " ".join(words) for name, words in given.items() if words}
