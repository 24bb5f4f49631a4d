"""A book lies on a disk of this computer, never on a network drive or in a folder that a cloud service copies."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from jxc_desktop.kernel.errors import ExternalError, UnsafePlace
from jxc_desktop.services import book_place
from jxc_desktop.services.book import Book
from jxc_desktop.services.book_place import cloud_service, file_system, is_share, refuse_place
from jxc_desktop.services.new_book import NewBook, create_book

MOUNTS = """overlay / overlay rw 0 0
/dev/sda1 /daten ext4 rw 0 0
nas:/books /daten/shop/nas nfs4 rw 0 0
//nas/docs /mnt/my\\040docs cifs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - 小店有限公司", "OneDrive"),
        ("坚果云", "坚果云"),
        ("我的坚果云", "坚果云"),
        ("Nutstore Files", "坚果云"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (公司)", "Dropbox"),
        ("BaiduSyncdisk", "百度网盘"),
        ("百度网盘同步空间", "百度网盘"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive", "Google Drive"),
        ("微云同步助手", "腾讯微云"),
        ("WPS云盘", "WPS 云盘"),
    ],
)
def test_a_book_is_refused_in_the_folder_of_a_cloud_service(tmp_path: Path, folder: str, service: str) -> None:
    path = tmp_path / folder / "账套" / "shop.jxc"
    path.parent.mkdir(parents=True)
    with pytest.raises(UnsafePlace) as refused:
        create_book(path, NewBook("小店", 202601))
    assert refused.value.text.id == "place.cloud"
    assert refused.value.text.params == {"file": str(path), "service": service}
    assert not path.exists()
    path.write_bytes(b"whatever")
    with pytest.raises(UnsafePlace):
        Book.open(path)
    assert isinstance(refused.value, ExternalError)


@pytest.mark.parametrize("folder", ["账套", "onedrive备份说明", "Dropboxer", "云", "documents", "坚果"])
def test_a_book_may_lie_in_any_other_folder(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "OneDrive.jxc"
    path.parent.mkdir()
    refuse_place(path)


def test_a_folder_that_onedrive_was_given_is_known_by_its_variable() -> None:
    environment = {"OneDriveCommercial": "/daten/owner/云上", "OneDrive": ""}
    assert cloud_service(("daten", "owner", "云上"), environment, Path("/daten/owner/云上/a.jxc")) == "OneDrive"
    assert cloud_service(("daten", "owner"), environment, Path("/daten/owner/a.jxc")) == ""


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right on Windows")
def test_a_link_into_a_cloud_folder_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "账套").mkdir(parents=True)
    (tmp_path / "books").symlink_to(tmp_path / "Dropbox" / "账套")
    with pytest.raises(UnsafePlace):
        refuse_place(tmp_path / "books" / "shop.jxc")


@pytest.mark.parametrize(
    ("path", "is_remote"),
    [
        (r"\\nas\books\shop.jxc", True),
        (r"//nas/books/shop.jxc", True),
        (r"\\?\UNC\nas\books\shop.jxc", True),
        (r"\\?\C:\books\shop.jxc", False),
        (r"C:\books\shop.jxc", False),
        (r"books\shop.jxc", False),
    ],
)
def test_a_share_of_another_computer_is_known_by_its_name(path: str, *, is_remote: bool) -> None:
    assert is_share(path) is is_remote


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/daten/shop/nas/a.jxc", "nfs4"),
        ("/daten/shop/a.jxc", "ext4"),
        ("/daten/shop/nasty/a.jxc", "ext4"),
        ("/mnt/my docs/a.jxc", "cifs"),
        ("/srv/a.jxc", "overlay"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert file_system(PurePosixPath(path), MOUNTS) == kind  # type: ignore[arg-type]


@pytest.fixture
def on_a_network_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_place, "is_network", lambda _path: True)


@pytest.mark.usefixtures("on_a_network_drive")
def test_a_book_on_a_network_drive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafePlace) as refused:
        create_book(tmp_path / "shop.jxc", NewBook("小店", 202601))
    assert refused.value.text.id == "place.network"
