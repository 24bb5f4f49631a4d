"""Where the shipped resources and translations lie: in the source tree, in an installed wheel or in a frozen bundle.

A wheel carries both folders inside the package; a bundle unpacks the package below `sys._MEIPASS`; in the source tree
they stand beside `src`. A missing file is a mistake in the packaging, so it is left to raise FileNotFoundError.
"""

from __future__ import annotations

import csv
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

RESOURCES, TRANSLATIONS = "resources", "translations"


def resource_path(*parts: str) -> Path:
    """The file or folder below `resources/`, whether it exists or not."""
    return _folder(RESOURCES).joinpath(*parts)


def translation_dir() -> Path:
    """The folder that holds one folder of catalogues for each language."""
    return _folder(TRANSLATIONS)


def read_text(*parts: str) -> str:
    """The text of a resource (UTF-8, with or without a mark at the start)."""
    return resource_path(*parts).read_text(encoding="utf-8-sig")


def read_bytes(*parts: str) -> bytes:
    """The content of a resource as it is. Raises FileNotFoundError."""
    return resource_path(*parts).read_bytes()


def read_json(*parts: str) -> Any:
    """The value of a JSON resource."""
    return json.loads(read_text(*parts))


def read_csv(*parts: str) -> list[dict[str, str]]:
    """The rows of a CSV resource by the names in its header. Raises ValueError for a row of another length."""
    with resource_path(*parts).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, strict=True)
        header = next(rows, [])
        return [dict(zip(header, row, strict=True)) for row in rows]


@cache
def _folder(name: str) -> Path:
    found = [place / name for place in _places() if (place / name).is_dir()]
    if not found:
        message = f"the folder {name} is missing from this installation"
        raise FileNotFoundError(message)
    return found[0]


def _places() -> list[Path]:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    bundle = [Path(frozen) / package.name, Path(frozen)] if frozen else []
    return [*bundle, package, package.parents[1]]
