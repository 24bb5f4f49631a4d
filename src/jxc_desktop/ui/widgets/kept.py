"""What is kept for a user on this machine, by the name it is kept under."""

from __future__ import annotations

SECOND_BACKUP = "backup/second"
"""A folder that every backup goes into as well, on another disk for one."""
SOUNDS = "scanner/sounds"
"""Whether scans are heard: `true` or `false`."""
SCANNER_GAP = "scanner/gap_ms"
"""The longest time between two signs of the scanner, where it is slower than most."""
