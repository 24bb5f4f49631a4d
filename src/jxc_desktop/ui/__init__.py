"""The window. `shell` over `screens` over `editor` and `listing` over `widgets` over `ops`; nobody else imports Qt.

Nothing here touches the book on the window's thread: `ops.query` reads and `ops.command` writes on threads of their
own and answer on the window's. A page is a widget with an address (`widgets.page.Page`); to add one, write it in
`screens` and name it in `shell.pages`.
"""
