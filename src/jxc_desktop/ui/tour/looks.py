"""How the window may look on a tour: size, colours, language, and how many dots a pixel has."""

from __future__ import annotations

from dataclasses import dataclass

from jxc_desktop.language import Language


@dataclass(frozen=True)
class Look:
    """One look; `scale` is what the screen is set to, 2 for 200 %."""

    name: str
    size: tuple[int, int] = (1440, 900)
    language: Language = Language.ZH_CN
    is_dark: bool = False
    scale: int = 1


LOOKS = (
    Look("light"),
    Look("dark", is_dark=True),
    Look("traditional", language=Language.ZH_TW),
    Look("english", language=Language.EN),
    Look("small", size=(1366, 768)),
    Look("double", size=(1366, 768), scale=2),
)
BY_NAME = {look.name: look for look in LOOKS}
