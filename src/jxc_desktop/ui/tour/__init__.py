"""The tour: the real window is driven by keys through a day in the shop, pictured, and watched while it is.

`script` reads the day from `resources/tour.json`; `walk` does what it says with `hands`; `watch` measures what each
turn of the event loop takes; `cut` finds texts that do not fit; `looks` names sizes, colours and languages.
"""
