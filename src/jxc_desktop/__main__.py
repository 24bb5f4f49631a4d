"""Entry of `jxc-desktop` and `python -m jxc_desktop`: loads nothing before it knows what is asked."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name) and return its exit code."""
    from jxc_desktop import bootstrap  # noqa: PLC0415 — start-up imports only what the command needs

    return bootstrap.main(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
