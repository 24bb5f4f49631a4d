"""From the ids of records to the local integers of this file and back.

Local integers differ between devices and never leave the file. An id nobody has introduced yet gets a card that holds
nothing but the id, so that records can arrive in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jxc_desktop.kernel.ids import Id

if TYPE_CHECKING:
    from jxc_desktop.db.engine import Session


NO_ID = Id("")


class Identities(dict[Id, int]):
    """The local keys of one table, read when they are first asked for.

    `ids[uuid]` is 0 for no id, and an unknown id gets an empty card. It is a dict because every line of every document
    asks several times: a known id costs no call of ours.
    """

    __slots__ = ("_by_key", "_next", "_session", "_table")

    def __init__(self, session: Session, table: str) -> None:
        super().__init__({NO_ID: 0})
        self._session = session
        self._table = table
        self._by_key: dict[int, Id] = {}
        self._next = 0

    def find(self, uuid: Id) -> int:
        """The local key of an id, 0 where nobody knows it."""
        known = self.get(uuid)
        if known is not None:
            return known
        text = f"SELECT id FROM {self._table} WHERE uuid = ?"  # noqa: S608 — own table name
        found: int = self._session.value(text, (bytes.fromhex(uuid),)) or 0
        if found:
            self[uuid] = found
            self._by_key[found] = uuid
        return found

    def uuid_of(self, key: int) -> Id:
        """The id behind a local key."""
        known = self._by_key.get(key)
        if known is None:
            text = f"SELECT uuid FROM {self._table} WHERE id = ?"  # noqa: S608 — own table name
            known = self._by_key[key] = Id(self._session.value(text, (key,)).hex())
        return known

    def __missing__(self, uuid: Id) -> int:
        return self.find(uuid) or self.introduce(uuid)

    def introduce(self, uuid: Id) -> int:
        """An empty card for an id."""
        key = self.reserve(uuid)
        text = f"INSERT INTO {self._table} (id, uuid) VALUES (?, ?)"  # noqa: S608 — own table name
        self._session.run(text, (key, bytes.fromhex(uuid)))
        return key

    def reserve(self, uuid: Id) -> int:
        """The next local key for an id whose row the caller inserts."""
        if not self._next:
            text = f"SELECT max(id) FROM {self._table}"  # noqa: S608 — own table name
            self._next = (self._session.value(text) or 0) + 1
        key = self._next
        self._next += 1
        self[uuid] = key
        self._by_key[key] = uuid
        return key
