"""Zip archives: which of their files hold tables, and none that unpacks to far more than it is."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath

from geodata.reading.sheet import Refused
from geodata.reading.source import Source, unzipping

__all__ = ["members_of", "office_form"]

_OFFICE = {
    "xl/workbook.xml": "XLSX",
    "xl/workbook.bin": "XLSB",
    "word/document.xml": "a text document",
    "ppt/presentation.xml": "slides",
}
_ODF = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ODS",
    b"application/vnd.oasis.opendocument.text": "a text document",
    b"application/vnd.oasis.opendocument.presentation": "slides",
}
_UNSEEN = ("__macosx/", ".")


def members_of(source: Source) -> list[str]:
    """Return the names of the files in an archive.

    Raises:
        Refused: If it is damaged or protected, or would unpack to far more than it is.
    """
    limits = source.limits
    with unzipping(source), zipfile.ZipFile(source.path) as archive:
        infos = [one for one in archive.infolist() if not one.is_dir()]
    if len(infos) > limits.members:
        raise Refused(f"{source.name} is an archive of {len(infos):,} files; so many are not read")
    unpacked = sum(one.file_size for one in infos)
    packed = max(source.path.stat().st_size, 1)
    if unpacked > limits.unpacked or (
        unpacked > limits.ratio_from and unpacked > packed * limits.ratio
    ):
        raise Refused(
            f"{source.name} is an archive that unpacks to {unpacked:,} bytes, "
            f"{unpacked // packed:,} times what it is, and is not unpacked"
        )
    if any(one.flag_bits & 1 for one in infos):
        raise Refused(f"{source.name} is an archive that is protected by a password")
    return [one.filename for one in infos if _is_seen(one.filename)]


def _is_seen(name: str) -> bool:
    last = PurePosixPath(name).name
    return not name.casefold().startswith(_UNSEEN[0]) and not last.startswith((".", "~$"))


def office_form(source: Source) -> str:
    """Return what an office program wrote an archive as, or nothing."""
    with unzipping(source), source.open() as stream, zipfile.ZipFile(stream) as archive:
        names = set(archive.namelist())
        for member, form in _OFFICE.items():
            if member in names:
                return form
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:  # noqa: PLR2004
            return _ODF.get(archive.read("mimetype").strip(), "")
    return ""
