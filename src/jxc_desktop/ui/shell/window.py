"""The main window: modules above, pages as closable tabs inside, the status bar below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from jxc_desktop.kernel.errors import ExternalError, UserError
from jxc_desktop.kernel.text import Text
from jxc_desktop.language import Language, translator
from jxc_desktop.ui.ops import Ops
from jxc_desktop.ui.widgets.notice import Notice, NoticeStrip, Tone
from jxc_desktop.ui.widgets.parts import button, column
from jxc_desktop.ui.widgets.theme import Mode, Size, apply_theme

from .backups import Backups
from .bars import ModuleBar, StatusBar
from .book_menu import book_menu
from .book_state import BookState, examined, state_of
from .loading import Loading
from .modules import BY_CODE, MODULE_PAGE
from .pages import make_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from jxc_desktop.kernel.changes import Changes
    from jxc_desktop.services.book import Book
    from jxc_desktop.ui.widgets.page import Address, Page

    from .palette import Palette

MESSAGE_MS = 6_000
SEAL_MS = 2_000
LOAD_MS = 50
CLOSER = 20
LOGS = "logs"
GEOMETRY = "window/geometry"
LANGUAGE, THEME = "window/language", "window/theme"


class PageTabs(QWidget):
    """The open pages of one module."""

    def __init__(self, opened: Callable[[Page], None], words: Callable[[Text], str]) -> None:
        super().__init__()
        self._opened = opened
        self.strip = NoticeStrip(words)
        self.strip.closed.connect(lambda: self.tell(None))
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setMovable(False)
        self.bar.setDrawBase(False)
        self.bar.setFixedHeight(Size.PAGE_TABS)
        self.stack = QStackedWidget()
        self.bar.currentChanged.connect(self._show)
        above = column(self.strip)
        above.setContentsMargins(Size.MARGIN, Size.FIELD_GAP, Size.MARGIN, 0)
        self._above = QWidget()
        self._above.setLayout(above)
        self._above.hide()
        self.setLayout(column(self.bar, self._above, self.stack, gap=0))

    def pages(self) -> list[Page]:
        """The open pages in their order."""
        return [self.stack.widget(place) for place in range(self.stack.count())]  # type: ignore[misc]

    def add(self, page: Page) -> None:
        """Open a page and show it."""
        self.stack.addWidget(page)
        place = self.bar.addTab(page.title)
        if place:
            self.bar.setTabButton(place, QTabBar.ButtonPosition.RightSide, self._closer(page))
        page.titled.connect(lambda text, of=page: self.bar.setTabText(self.stack.indexOf(of), text))
        page.done.connect(lambda of=page: self._remove(of))
        self.bar.setCurrentIndex(place)
        self._show(place)

    def _closer(self, page: Page) -> QPushButton:
        part = button("", lambda: self.close_page(self.stack.indexOf(page)), kind="status", picture="x")
        part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        part.setFixedSize(CLOSER, CLOSER)
        return part

    def tell(self, notice: Notice | None) -> None:
        """Show a notice over the page in front, and again whenever that page is; None takes it away."""
        page: Page = self.stack.currentWidget()  # type: ignore[assignment]
        page.notice = notice
        self._show_notice(page)

    def _show_notice(self, page: Page) -> None:
        self.strip.show_notice(page.notice)
        self._above.setVisible(page.notice is not None)

    def page_at(self, address: Address) -> Page | None:
        """The open page of an address."""
        return next((page for page in self.pages() if page.address == address), None)

    def show_page(self, page: Page) -> None:
        """Bring a page to the front."""
        self.bar.setCurrentIndex(self.stack.indexOf(page))

    def close_page(self, place: int) -> None:
        """Close a page; the first page of a module stays."""
        page: Page = self.stack.widget(place)  # type: ignore[assignment]
        if place and page.may_close():
            self._remove(page)

    def _remove(self, page: Page) -> None:
        place = self.stack.indexOf(page)
        self.stack.removeWidget(page)
        self.bar.removeTab(place)
        page.deleteLater()

    def _show(self, place: int) -> None:
        if 0 <= place < self.stack.count():
            self.stack.setCurrentIndex(place)
            page: Page = self.stack.widget(place)  # type: ignore[assignment]
            page.setFocus()
            self._show_notice(page)
            self._opened(page)


class MainWindow(QWidget):
    """One book in one window; pages reach everything through it (`widgets.page.Desk`)."""

    left = Signal()
    """Another book is wanted."""

    def __init__(self, book: Book, settings: QSettings, language: Language) -> None:
        super().__init__()
        self.settings = settings
        self.language = language
        self.folder = book.path.parent
        self.ops = Ops(book, self)
        self.state = BookState("", 1, "")
        self.ops.changed.connect(self._changed)
        self.backups = Backups(self.ops, self, settings)
        self.backups.made.connect(self._backed_up)
        self.backups.refused.connect(lambda text: self.say(self.words(text)))
        self.ops.failed.connect(self._failed)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.tabs: dict[str, PageTabs] = {}
        self._build()
        self.setMinimumSize(960, 600)
        kept = settings.value(GEOMETRY)
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            self.resize(1440, 900)
        self._seal = QTimer(self)
        self._seal.setSingleShot(True)
        self._seal.setInterval(SEAL_MS)
        self._seal.timeout.connect(self._look)
        self._seal.start()
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self._search)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.left)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self._close_front)
        self._ask_state()
        self.is_loaded = False
        loading = Loading(self.ops, self)
        loading.done.connect(self._loaded)
        QTimer.singleShot(LOAD_MS, loading, loading.start)

    def _loaded(self) -> None:
        self.is_loaded = True

    def _build(self) -> None:
        """Make bars and an empty place for pages, in the language and theme in force."""
        self.modules = ModuleBar(self.words)
        self.modules.chosen.connect(self.open_module)
        self.modules.company.setMenu(
            book_menu(self, self.words, self.language, self.left.emit, self.choose, self.settings)
        )
        self.areas = QStackedWidget()
        self.status = StatusBar(self.words)
        self.status.pressed.connect(self._pressed)
        self._finder: Palette | None = None
        self.modules.search.clicked.connect(self._search)
        self.tabs = {}
        for part, stretch in ((self.modules, 0), (self.areas, 1), (self.status, 0)):
            self._box.addWidget(part, stretch)
        self.setWindowTitle(self.words(Text("ui.window.title", {"company": self.state.company})))
        self.open_module("home")

    def words(self, text: Text) -> str:
        """A text in the window's language."""
        return translator(self.language)(text)

    def open(self, address: Address) -> None:
        """Show the page of an address, the one that is open or a new one."""
        self._open(address, None)

    def _open(self, address: Address, state: Any) -> None:
        tabs = self._area(address.module)
        page = tabs.page_at(address)
        if page is None:
            page = make_page(self, address)
            if state is not None:
                page.resume(state)
            tabs.add(page)
        else:
            tabs.show_page(page)

    def open_module(self, code: str) -> None:
        """Bring a module to the front."""
        self._area(code)

    def _area(self, code: str) -> PageTabs:
        tabs = self.tabs.get(code)
        if tabs is None:
            tabs = self.tabs[code] = PageTabs(lambda page: page.looked_at(), self.words)
            self.areas.addWidget(tabs)
            tabs.add(make_page(self, BY_CODE[code].address))
        self.areas.setCurrentWidget(tabs)
        self.modules.mark(code)
        return tabs

    def front(self) -> Page:
        """The page in front."""
        tabs: PageTabs = self.areas.currentWidget()  # type: ignore[assignment]
        return tabs.stack.currentWidget()  # type: ignore[return-value]

    def rebuild(self, *, language: Language | None = None, mode: Mode | None = None) -> None:
        """Show everything again in another language or theme, with the same pages open and what was entered in them.

        Nothing happens while a page may not be closed.
        """
        pages = [page for tabs in self.tabs.values() for page in tabs.pages()]
        if not all(page.may_close() for page in pages):
            return
        open_now = [(page.address, page.entered()) for page in pages]
        in_front = self.front().address
        self.language = language or self.language
        if mode is not None:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            apply_theme(app, mode)
        for part in (self.modules, self.areas, self.status, *([self._finder] if self._finder else [])):
            self._box.removeWidget(part)
            part.deleteLater()
        self._build()
        for address, state in open_now:
            if address.kind != MODULE_PAGE:
                self._open(address, state)
        self.open(in_front)
        self._show_state(self.state)

    def choose(self, *, language: Language | None = None, mode: Mode | None = None) -> None:
        """Show everything in another language or theme from now on, the next time too."""
        if language is not None:
            self.settings.setValue(LANGUAGE, language.value)
        if mode is not None:
            self.settings.setValue(THEME, mode.value)
        QTimer.singleShot(0, self, lambda: self.rebuild(language=language, mode=mode))

    def say(self, text: str, *, is_error: bool = False) -> None:
        """Show a message in the status bar; an error as a notice over the page."""
        if is_error:
            self.tell(Notice(text, Tone.WRONG))
            return
        self.status.message.setText(text)
        QTimer.singleShot(MESSAGE_MS, self, self.status.message.clear)

    def tell(self, notice: Notice) -> None:
        """Show a notice over the page in front."""
        tabs: PageTabs = self.areas.currentWidget()  # type: ignore[assignment]
        tabs.tell(notice)

    def _ask_state(self) -> None:
        self.ops.query(state_of, self._show_state, kind="state")

    def _show_state(self, state: BookState) -> None:
        if state.alarms is None:
            state = state._replace(alarms=self.state.alarms)
        self.state = state
        self.modules.show_company(state.company)
        self.setWindowTitle(self.words(Text("ui.window.title", {"company": state.company})))
        self.modules.show_stage(state.stage)
        self.status.show_state(state)

    def _look(self) -> None:
        self.ops.query(examined, self._show_state, kind="seal")

    def _changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        for tabs in self.tabs.values():
            for page in tabs.pages():
                page.noticed(changes)
        if changes.topics & {"settings", "periods"}:
            self._ask_state()
        self._seal.start()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, (UserError, ExternalError)):
            problems = "\n".join(self.words(each.text) for each in getattr(error, "problems", ()))
            said = self.words(error.text)
            self.tell(Notice(said, Tone.WRONG, problems if problems != said else ""))
        else:
            from jxc_desktop.services.bug_report import keep, report  # noqa: PLC0415 — seldom needed, one hopes

            told = report(error, "window")
            keep(told, Path(self.settings.fileName()).parent / LOGS)
            self.tell(Notice(self.words(Text("ui.window.bug")), Tone.WRONG, told))

    def _pressed(self, part: str) -> None:
        if part == "seal":
            self._tell_seal()
        elif part == "backup":
            self.backups.make()
        elif part == "period":
            self.open_module("finance")

    @property
    def finder(self) -> Palette:
        """What finds everything, made when it is first asked for."""
        if self._finder is None:
            from .palette import Palette  # noqa: PLC0415 — the window starts without it

            self._finder = Palette(self, self)
            self._finder.chosen.connect(self.open)
        return self._finder

    def _tell_seal(self) -> None:
        """What the rules of the book say."""
        broken = self.state.alarms or ()
        if not broken:
            self.say(self.words(Text("ui.status.sound_long")))
            return
        told = "\n".join(f"{self.words(each.title)}: {self.words(each.detail)}" for each in broken)
        self.tell(Notice(self.words(Text("ui.status.broken", {"count": len(broken)})), Tone.WRONG, told))

    def _search(self) -> None:
        self.finder.open()

    def _backed_up(self, at: str) -> None:
        self.status.show_backup(at)

    def _close_front(self) -> None:
        tabs: PageTabs = self.areas.currentWidget()  # type: ignore[assignment]
        tabs.close_page(tabs.bar.currentIndex())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask every page to keep what was entered; remember where the window was; finish what is being written."""
        pages = [page for tabs in self.tabs.values() for page in tabs.pages()]
        if not all(page.may_close() for page in pages):
            event.ignore()
            return
        self.settings.setValue(GEOMETRY, self.saveGeometry())
        self.backups.make_if_due()
        self.ops.close()
        super().closeEvent(event)
