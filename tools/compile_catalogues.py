"""Makes the gettext catalogues from `translations/texts.csv`: one line a text, a column a language.

`python -m tools.compile_catalogues` writes `<language>/LC_MESSAGES/jxc.po` (sorted) and `jxc.mo`;
with `--check` it writes nothing and fails where they are not what the table says.
"""

from __future__ import annotations

import csv
import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parents[1] / "translations"
LANGUAGES = ("zh_CN", "zh_TW", "en")
HEADER = ["id", *LANGUAGES]
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
NO_NEWS = ('"Generated-By', '"Last-Translator', '"Report-Msgid-Bugs-To')
"""Lines of the header that say nothing or change with the version of Babel."""
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")

Texts = dict[str, dict[str, str]]
"""Text id → language → words."""


class BadTable(Exception):
    """The table of texts has faults; one line each."""


def read_texts(path: Path) -> Texts:
    """Read the table. Raises BadTable naming every line that is short, empty, doubled or differs in placeholders."""
    texts: Texts = {}
    faults: list[str] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, strict=True)
        if next(rows, []) != HEADER:
            raise BadTable(f"{path.name}: line 1 must be {','.join(HEADER)}")
        for row in rows:
            fault = _fault(row, texts)
            if fault:
                faults.append(f"{path.name}:{rows.line_num}: {fault}")
            else:
                texts[row[0]] = dict(zip(LANGUAGES, row[1:], strict=True))
    if faults:
        raise BadTable("\n".join(faults))
    return texts


def _fault(row: list[str], texts: Texts) -> str:
    if len(row) != len(HEADER):
        return f"{len(HEADER)} columns wanted, {len(row)} found"
    if not all(cell.strip() for cell in row):
        return f"{row[0]}: a language has no words"
    if row[0] in texts:
        return f"{row[0]} is there already"
    if len({frozenset(PLACEHOLDER.findall(words)) for words in row[1:]}) > 1:
        return f"{row[0]}: the languages have different placeholders"
    return ""


def catalogue(texts: Texts, language: str) -> Catalog:
    """The catalogue of one language; the dates are fixed so that the same table gives the same file."""
    made = Catalog(
        locale=language, domain="jxc", project="jxc-desktop", version="1", fuzzy=False,
        creation_date=WHEN, revision_date=WHEN, copyright_holder="the jxc-desktop authors",
        msgid_bugs_address="", last_translator="", language_team=language,
        header_comment="# Made from translations/texts.csv by tools/compile_catalogues.py; change the table.",
    )  # fmt: skip
    for text, words in sorted(texts.items()):
        made.add(text, words[language])
    return made


def write_catalogues(texts: Texts, folder: Path) -> None:
    """Write the .po and .mo files of every language below `folder`."""
    for language in LANGUAGES:
        made = catalogue(texts, language)
        place = folder / language / "LC_MESSAGES"
        place.mkdir(parents=True, exist_ok=True)
        (place / "jxc.po").write_bytes(_po_bytes(made))
        with (place / "jxc.mo").open("wb") as file:
            write_mo(file, made)


def stale_catalogues(texts: Texts, folder: Path) -> list[str]:
    """The catalogue files that do not say what the table says."""
    stale = []
    for language in LANGUAGES:
        wanted = {text: words[language] for text, words in texts.items()}
        names = (f"{language}/LC_MESSAGES/{name}" for name in ("jxc.po", "jxc.mo"))
        stale += [name for name in names if _words(folder / name) != wanted]
    return stale


def _words(path: Path) -> dict[str, str] | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        read = read_po(file) if path.suffix == ".po" else read_mo(file)
    return {str(message.id): str(message.string) for message in read if message.id}


def _po_bytes(made: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, made, width=0, sort_output=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(NO_NEWS)).encode()


def main(arguments: list[str]) -> int:
    """Write the catalogues, or check them. Returns the exit code."""
    try:
        texts = read_texts(FOLDER / "texts.csv")
    except BadTable as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    if "--check" not in arguments:
        write_catalogues(texts, FOLDER)
        return 0
    stale = stale_catalogues(texts, FOLDER)
    for name in stale:
        sys.stderr.write(f"{name} is not up to date: python -m tools.compile_catalogues\n")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
