"""What is committed works elsewhere: no package host but the two canonical ones, no path of a build machine."""

from __future__ import annotations

import re
import tomllib

from tests.architecture.source import ROOT, committed_text, shown

CANONICAL = {"pypi.org", "files.pythonhosted.org"}
URL_HOST = re.compile(r"https?://([^/\s\"'<>)`\]]+)")
# Hosts that serve packages, by a word in their name; a bare word such as mirror.py has no such ending.
PACKAGE_HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)*[a-z0-9-]*"
    r"(?:pypi|pythonhosted|npmjs|yarnpkg|mirror|artifactory|nexus|devpi|anaconda|crates|debian|ubuntu)"
    r"[a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:org|com|net|cn|io|dev|edu|local|internal|lan)\b",
    re.IGNORECASE,
)
# An index chosen on a command line or in a configuration file leaks the machine it was chosen on.
INDEX_CHOICE = re.compile(
    r"--(?:(?:extra-)?index-url|default-index|find-links)\b|\bfind-links\s*=|\[\[tool\.uv\.index\]\]"
)
HOMES = ("root", "home", "work", "Users", "builds", "opt", "workspace")
MACHINE_PATH = re.compile(rf"(?<![\w.~*-])/(?:{'|'.join(HOMES)})/[\w.-]+|\b[A-Z]:\\+Users\\", re.ASCII)


def test_the_lock_names_the_two_canonical_hosts_only() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(URL_HOST.findall(lock)) == CANONICAL


def test_every_locked_package_comes_from_the_index_with_a_hash() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    for package in lock["package"]:
        if package["name"] != "jxc-desktop":
            assert package["source"] == {"registry": "https://pypi.org/simple"}, package["name"]
            files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
            assert files, package["name"]
            assert all(file["hash"].startswith("sha256:") for file in files), package["name"]


def test_no_committed_file_names_another_package_host() -> None:
    assert not [
        f"{shown(path)}: {found.group()}"
        for path, text in committed_text()
        for found in PACKAGE_HOST.finditer(text)
        if found.group().lower() not in CANONICAL
    ]


def test_no_committed_file_chooses_an_index() -> None:
    assert not [
        f"{shown(path)}: {found.group()}" for path, text in committed_text() for found in INDEX_CHOICE.finditer(text)
    ]


def test_no_committed_file_names_a_path_of_a_build_machine() -> None:
    assert not [
        f"{shown(path)}: {found.group()}" for path, text in committed_text() for found in MACHINE_PATH.finditer(text)
    ]


def test_the_searches_find_what_they_are_for() -> None:
    assert PACKAGE_HOST.search("https://mirrors.example" + ".edu.cn/simple")
    assert PACKAGE_HOST.search("pypi.company" + ".internal")
    assert not PACKAGE_HOST.search("tests/mirror.py")
    assert MACHINE_PATH.search("in /" + "home/someone/src")
    assert MACHINE_PATH.search("C:" + r"\Users\someone")
    assert not MACHINE_PATH.search("services/work/order")
    assert INDEX_CHOICE.search("pip install --index" + "-url x")


def test_the_readme_runs_what_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    second = "python -m pip install uv && python -m uv run poe test"
    assert second in readme.splitlines()
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == second
    assert "python -m pip install uv && python -m uv run jxc-desktop --demo" in readme.splitlines()


def test_text_files_end_lines_the_same_way_everywhere() -> None:
    own = {".py", ".toml", ".md", ".po", ".json", ".pyi"}
    assert not [shown(path) for path, _ in committed_text() if path.suffix in own and b"\r\n" in path.read_bytes()]
