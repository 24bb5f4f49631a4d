"""Where a new book is put: a folder that may hold one, a name made of the shop's, never on top of another file."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from jxc_desktop.kernel.errors import UnsafePlace
from jxc_desktop.services.book_place import refuse_place

SUFFIX = ".jxc"
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST = 60


def books_folder(name: str) -> Path:
    """The folder for books: below the documents, or in the home folder where a cloud service keeps those."""
    home = Path.home()
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (Path(documents or home) / name, home / name):
        try:
            refuse_place(folder / SUFFIX)
        except UnsafePlace:
            continue
        return folder
    return home / name


def free_file(folder: Path, company: str, otherwise: str) -> Path:
    """A file of that name that is not there yet."""
    name = _NOT_IN_NAMES.sub("", company).strip(" .")[:LONGEST] or otherwise
    if _DEVICES.fullmatch(name):
        name = f"{name}_"
    file, number = folder / f"{name}{SUFFIX}", 2
    while file.exists():
        file, number = folder / f"{name} {number}{SUFFIX}", number + 1
    return file
