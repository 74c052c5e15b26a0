"""A likeness for people to look at, as a page and as printed sheets.

What is known of it comes from `screening.evidence`.
"""
