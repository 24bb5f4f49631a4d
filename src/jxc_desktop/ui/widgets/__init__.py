"""What pages are made of: colours and measures, fonts, icons, words, and the small parts every page uses.

`theme` holds every colour, measure and type size by name; nothing else in the window writes a number for one.
"""
