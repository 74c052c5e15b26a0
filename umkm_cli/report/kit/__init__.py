"""Pages and printed sheets as such: markup, styles, fonts, small pictures.

What they say is for the rooms beside.
"""
