"""Colours, measures and type sizes by name, light and dark: the only file that holds them.

The palette carries what Qt draws itself, one small style sheet rounds fields and buttons, everything else paints with
`tokens()`. Source: the colour table was computed for contrast (text at least 4.5 to 1 on what it stands on).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from jxc_desktop.resource_files import resource_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class Mode(StrEnum):
    """How light or dark is chosen."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme as #RRGGBB."""

    canvas: str
    surface: str
    well: str
    strip: str
    total: str
    line: str
    line2: str
    field: str
    ink: str
    ink2: str
    ink3: str
    off: str
    accent: str
    accentfill: str
    accenthover: str
    soft: str
    sel: str
    red: str
    redsoft: str
    amber: str
    ambersoft: str
    amberfill: str
    green: str
    greensoft: str
    head: str
    headtx: str
    headpill: str
    bar: str
    charts: tuple[str, str, str, str]


LIGHT = Tokens(
    canvas="#F2F4F7", surface="#FFFFFF", well="#F7F9FB", strip="#E6EAEF", total="#EAEEF3", line="#E1E6EC",
    line2="#C9D1DA", field="#8792A0", ink="#17212B", ink2="#404D5B", ink3="#586574", off="#98A2AE",
    accent="#1661AB", accentfill="#1661AB", accenthover="#12528F", soft="#E3EEF9", sel="#DCEAF8",
    red="#C22F2A", redsoft="#FCEAE8", amber="#8A5300", ambersoft="#FFF3DC", amberfill="#E8A321",
    green="#18794E", greensoft="#E3F4EA", head="#12304D", headtx="#C9D8E8", headpill="#1F4B77", bar="#8FB8DE",
    charts=("#1661AB", "#D97A1E", "#2A9D8F", "#702A58"),
)  # fmt: skip
DARK = Tokens(
    canvas="#12171D", surface="#1A2129", well="#202932", strip="#0F141A", total="#27323D", line="#2B3540",
    line2="#3C4855", field="#6B7A8B", ink="#E6EBF0", ink2="#B0BBC7", ink3="#9AA7B5", off="#5F6B78",
    accent="#6CB0F0", accentfill="#2870B8", accenthover="#2D79C4", soft="#1D344B", sel="#1F3A56",
    red="#FF8A80", redsoft="#3A2124", amber="#F2B94F", ambersoft="#382C17", amberfill="#D99A2B",
    green="#6CCB97", greensoft="#1B3328", head="#0C1218", headtx="#B9C6D4", headpill="#1D344B", bar="#35597D",
    charts=("#6CB0F0", "#F0A04B", "#9ADBC0", "#C98AB8"),
)  # fmt: skip


class Size:
    """Measures and type sizes in px at 96 dpi; multiples of 4 but for type and lines."""

    MARGIN, GAP, PAD, FIELD_GAP = 16, 12, 16, 8
    MODULE_BAR, PAGE_TABS, STATUS_BAR, FOOTER = 48, 36, 28, 52
    ROW, HEADER, TOTALS, CONTROL, ACTION = 28, 30, 32, 28, 32
    RADIUS, CARD_RADIUS = 4, 8
    KEY_FIGURE, PAGE_TITLE, DOCUMENT_TITLE, CARD_TITLE, BODY, SMALL, KEY_CAP = 26, 20, 18, 14, 13, 12, 11


ARROW = resource_path("icons", "chevron-down-grey.svg").as_posix()
CHECK = resource_path("icons", "check-white.svg").as_posix()
"""A style sheet takes a file: one grey that shows on light and dark, one white on what is chosen."""

_CURRENT = [LIGHT]


def tokens() -> Tokens:
    """The colours in force."""
    return _CURRENT[0]


def is_dark() -> bool:
    """Whether the dark theme is in force."""
    return tokens() is DARK


def apply_theme(app: QApplication, mode: Mode) -> None:
    """Put a theme in force: the palette and the one style sheet."""
    system_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    _CURRENT[0] = DARK if mode is Mode.DARK or (mode is Mode.SYSTEM and system_dark) else LIGHT
    app.setPalette(_palette(tokens()))
    app.setStyleSheet(_sheet(tokens()))


def _palette(colours: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in {
        roles.Window: colours.canvas,
        roles.WindowText: colours.ink,
        roles.Base: colours.surface,
        roles.AlternateBase: colours.well,
        roles.Text: colours.ink,
        roles.PlaceholderText: colours.ink3,
        roles.Button: colours.surface,
        roles.ButtonText: colours.ink,
        roles.BrightText: colours.red,
        roles.Highlight: colours.accentfill,
        roles.HighlightedText: "#FFFFFF",
        roles.Link: colours.accent,
        roles.ToolTipBase: colours.surface,
        roles.ToolTipText: colours.ink,
        roles.Light: colours.line,
        roles.Midlight: colours.line,
        roles.Mid: colours.line2,
        roles.Dark: colours.field,
        roles.Shadow: colours.line2,
        roles.Accent: colours.accent,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.off))
    return made


def _sheet(colours: Tokens) -> str:
    """The one style sheet."""
    return "".join(part(colours) for part in (_fields, _buttons, _bars, _texts_and_lists))


def _fields(colours: Tokens) -> str:
    """Cards, notices, fields; the height of a field is its content box: focus takes one from padding and height."""
    return f"""
QWidget#card {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: 8px; }}
QWidget#well {{ background: {colours.well}; border: 1px solid {colours.line}; border-radius: 6px; }}
QFrame#notice {{ border-radius: 6px; border: 1px solid {colours.line2}; }}
QFrame#notice[mood="good"] {{ background: {colours.greensoft}; }}
QFrame#notice[mood="careful"] {{ background: {colours.ambersoft}; }}
QFrame#notice[mood="wrong"] {{ background: {colours.redsoft}; }}
QPlainTextEdit {{ background: {colours.surface}; color: {colours.ink}; border: 1px solid {colours.line2};
  border-radius: 4px; }}
QLineEdit, QComboBox, QDateEdit, QSpinBox {{
  background: {colours.surface}; color: {colours.ink}; border: 1px solid {colours.field}; border-radius: 4px;
  padding: 0 8px; min-height: 26px; selection-background-color: {colours.accentfill}; }}
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {{
  border: 2px solid {colours.accent}; padding: 0 7px; min-height: 24px; }}
QLineEdit[bad="true"] {{ border: 2px solid {colours.red}; background: {colours.redsoft}; padding: 0 7px;
  min-height: 24px; }}
QLineEdit[cell="true"], QLineEdit[cell="true"]:focus {{ border: 2px solid {colours.accent}; border-radius: 0;
  padding: 0 4px; min-height: 0; }}
QLineEdit[cell="true"][bad="true"], QLineEdit[cell="true"][bad="true"]:focus {{ border-color: {colours.red};
  background: {colours.redsoft}; }}
QLineEdit:read-only {{ background: {colours.well}; border-color: {colours.line2}; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {colours.field}; border-radius: 3px;
  background: {colours.surface}; }}
QCheckBox::indicator:focus {{ border-color: {colours.accent}; }}
QCheckBox::indicator:checked {{ background: {colours.accentfill}; border-color: {colours.accentfill};
  image: url("{CHECK}"); }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{ARROW}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {colours.surface}; border: 1px solid {colours.line2};
  selection-background-color: {colours.sel}; selection-color: {colours.ink}; outline: none; }}
"""


def _buttons(colours: Tokens) -> str:
    """Buttons on a page."""
    return f"""
QPushButton {{ background: {colours.surface}; color: {colours.ink}; border: 1px solid {colours.line2};
  border-radius: 4px; padding: 0 12px; min-height: 26px; }}
QPushButton:hover {{ background: {colours.well}; }}
QPushButton:focus {{ border: 2px solid {colours.accent}; padding: 0 11px; min-height: 24px; }}
QPushButton:disabled {{ color: {colours.off}; }}
QPushButton[kind="primary"] {{ background: {colours.accentfill}; color: #FFFFFF; border: 1px solid {colours.accentfill};
  min-height: 30px; }}
QPushButton[kind="primary"]:hover {{ background: {colours.accenthover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {colours.ink}; min-height: 28px; }}
QPushButton[kind="action"] {{ min-height: 30px; }}
QPushButton[kind="ghost"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[kind="ghost"]:hover {{ background: {colours.soft}; }}
QPushButton[kind="ghost"]:focus {{ border: 2px solid {colours.accent}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {colours.accent};
  padding: 0 4px; text-align: left; }}
QPushButton[kind="link"]:hover {{ color: {colours.accenthover}; }}
QPushButton[kind="segment"] {{ background: {colours.strip}; border: 1px solid {colours.strip}; border-radius: 4px;
  color: {colours.ink2}; padding: 0 10px; min-height: 24px; }}
QPushButton[kind="segment"]:checked {{ background: {colours.surface}; border-color: {colours.line2};
  color: {colours.accent}; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {colours.accent}; padding: 0 9px; min-height: 22px; }}
"""


def _bars(colours: Tokens) -> str:
    """Buttons of the bars above and below, tiles and choices."""
    return f"""
QPushButton[kind="module"] {{ background: transparent; border: 1px solid transparent; color: {colours.headtx};
  font-size: 14px; padding: 0 12px; min-height: 34px; }}
QPushButton[kind="module"]:hover, QPushButton[kind="module"]:checked {{ background: {colours.headpill};
  color: #FFFFFF; }}
QPushButton[kind="module"]:focus {{ border: 2px solid {colours.charts[0]}; padding: 0 11px; min-height: 32px; }}
QPushButton[kind="module"]::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="module"][tight="true"] {{ padding: 0 3px; font-size: 12px; }}
QPushButton[kind="module"][dim="true"] {{ color: {colours.field}; }}
QPushButton[kind="find"] {{ background: {colours.headpill}; border: 1px solid {colours.headpill};
  color: {colours.headtx};
  text-align: left; padding: 0 12px; min-height: 30px; }}
QPushButton[kind="status"] {{ background: transparent; border: 1px solid transparent; color: {colours.ink2};
  font-size: 12px; padding: 0 6px; min-height: 22px; }}
QPushButton[kind="status"]:hover {{ color: {colours.accent}; }}
QPushButton[kind="status"]:focus {{ border: 2px solid {colours.accent}; padding: 0 5px; min-height: 20px; }}
QPushButton[tone="green"] {{ color: {colours.green}; font-weight: 600; }}
QPushButton[tone="red"] {{ color: {colours.red}; font-weight: 600; }}
QPushButton[kind="tile"] {{ text-align: left; padding: 0 14px; min-height: 38px; }}
QPushButton[kind="choice"] {{ text-align: left; padding: 8px 14px; border-radius: 6px; }}
QPushButton[kind="choice"]:checked {{ background: {colours.soft}; border: 2px solid {colours.accent};
  padding: 7px 13px; }}
"""


def _texts_and_lists(colours: Tokens) -> str:
    """Texts, tables, menus, scroll bars and tabs."""
    return f"""
QLabel[tone="title"] {{ font-size: 20px; font-weight: 600; }}
QLabel[tone="card"] {{ font-size: 14px; font-weight: 600; }}
QLabel[tone="figure"] {{ font-size: 26px; font-weight: 600; }}
QLabel[tone="hint"] {{ color: {colours.ink3}; font-size: 12px; }}
QLabel[tone="label"] {{ color: {colours.ink2}; }}
QLabel[tone="red"] {{ color: {colours.red}; }}
QLabel[tone="amber"] {{ color: {colours.amber}; }}
QTableView {{ background: {colours.surface}; border: none; outline: none; }}
QTableView::item:focus {{ border: none; }}
QHeaderView {{ background: {colours.well}; border: none; }}
QHeaderView::section {{ background: {colours.well}; color: {colours.ink2}; border: none;
  border-bottom: 1px solid {colours.line2}; padding: 0 8px; font-size: 12px; min-height: 29px; }}
QMenu {{ background: {colours.surface}; border: 1px solid {colours.line2}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {colours.sel}; color: {colours.ink}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; }}
QScrollBar::handle {{ background: {colours.line2}; border-radius: 4px; margin: 2px; min-height: 28px;
  min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QToolTip {{ background: {colours.surface}; color: {colours.ink}; border: 1px solid {colours.line2}; padding: 4px; }}
QTabBar {{ background: {colours.strip}; }}
QTabBar::tab {{ background: {colours.strip}; color: {colours.ink2}; padding: 0 12px; min-height: 33px; border: none;
  border-top: 2px solid {colours.strip}; }}
QTabBar::tab:selected {{ background: {colours.canvas}; color: {colours.ink}; border-top: 2px solid {colours.accent}; }}
QTabBar::tab:focus {{ color: {colours.accent}; }}
"""
