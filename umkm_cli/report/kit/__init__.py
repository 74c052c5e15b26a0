"""Pages and printed sheets as such: templates, styles, fonts, small pictures.

What they say is for the rooms beside.
"""
