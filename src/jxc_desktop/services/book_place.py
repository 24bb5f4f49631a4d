"""Where a book may lie: on a disk of this computer, in no folder that a cloud service copies.

SQLite needs locks that network drives do not keep, and a service that copies a file while it is written makes damaged
copies or puts an older one back. Source: sync.md §1.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from jxc_desktop.kernel.errors import UnsafePlace
from jxc_desktop.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CLOUD_FOLDERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "baidusyncdisk": "百度网盘",
    "baidunetdiskworkspace": "百度网盘",
    "百度网盘同步": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "weiyun": "腾讯微云",
    "腾讯微云": "腾讯微云",
    "微云同步助手": "腾讯微云",
    "wpsdrive": "WPS 云盘",
    "wps云盘": "WPS 云盘",
}
"""The name of a folder in lower case → the service that keeps it."""

CLOUD_VARIABLES = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}
_BUSINESS = ("onedrive - ", "dropbox (", "nutstore-", "坚果云-")
NETWORK_FILE_SYSTEMS = {
    "afs", "cifs", "davfs", "fuse.davfs2", "fuse.rclone", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs",
}  # fmt: skip
DRIVE_REMOTE = 4
"""What Windows answers for a network drive."""


def refuse_place(path: Path) -> None:
    """Raises UnsafePlace, naming the drive or the service and what to do, where a book may not lie."""
    whole = path.absolute()
    if is_network(whole):
        raise UnsafePlace(Text("place.network", {"file": str(path)}))
    for place in dict.fromkeys((whole, path.resolve())):
        service = cloud_service(place.parts[:-1], os.environ, place)
        if service:
            raise UnsafePlace(Text("place.cloud", {"file": str(path), "service": service}))


def cloud_service(folders: Iterable[str], environment: Mapping[str, str], path: Path) -> str:
    """The service that copies one of these folders, or an empty text."""
    for folder in folders:
        name = folder.casefold()
        service = CLOUD_FOLDERS.get(name) or next(
            (CLOUD_FOLDERS[start.strip(" -(")] for start in _BUSINESS if name.startswith(start)), ""
        )
        if service:
            return service
    for variable, service in CLOUD_VARIABLES.items():
        root = environment.get(variable, "")
        if root and path.is_relative_to(root):
            return service
    return ""


def is_network(path: Path) -> bool:
    """Whether the drive belongs to another computer, as far as the system tells."""
    if os.name == "nt":
        return is_share(str(path)) or _drive_type(path.anchor) == DRIVE_REMOTE
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return file_system(path.resolve(), mounts) in NETWORK_FILE_SYSTEMS


def is_share(path: str) -> bool:
    r"""Whether a Windows path is one on another computer: \\server\share."""
    drive = PureWindowsPath(path).drive
    if drive.upper().startswith("\\\\?\\"):
        return drive.upper().startswith("\\\\?\\UNC\\")
    return drive.startswith("\\\\") and not drive.startswith("\\\\.\\")


def file_system(path: Path, mounts: str) -> str:
    """The kind of file system that holds a path, by the list of mounts of the system."""
    found, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        place = parts[1].replace("\\040", " ")
        if len(place) >= len(found) and path.is_relative_to(place):
            found, kind = place, parts[2]
    return kind


def _drive_type(anchor: str) -> int:
    if sys.platform == "win32":
        return int(ctypes.windll.kernel32.GetDriveTypeW(anchor))
    return 0
