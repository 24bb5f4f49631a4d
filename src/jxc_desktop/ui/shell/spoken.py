"""The languages of the window, each by its own name."""

from __future__ import annotations

from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language

LANGUAGES = {
    Language.ZH_CN: Text("language.zh_CN"),
    Language.ZH_TW: Text("language.zh_TW"),
    Language.EN: Text("language.en"),
}
