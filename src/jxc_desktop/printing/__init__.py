"""What goes on paper: forms as data, one engine that lays them out, PDF files and the pictures of their pages.

From the book to paper: `contents` and `items` gather what is printed as plain values; `form` is what a form file in
`resources/forms` says, read and checked; `words` fills its cells; `layout` puts the cells on pages (`pagination` says
which lines stand on which page, `fitting` breaks long texts), as marks in points from the lower left corner; `drawing`
makes the marks a PDF, and `pictures` renders its pages at the resolution of a screen or printer. `printed` is the door:
a window or command calls nothing else.

May be imported by `cli` and `ui`; imports `services` and below, never `db`. ReportLab and pypdfium2 are loaded when
the first page is drawn. To add a form: a file in `resources/forms`, named after the `form` of its document type; to
add a paper: a line in `resources/forms/papers.json`.
"""
