"""This office's registry as one thing: its transactions, its chain of entries, its key, its codes, its figures.

What a record holds is for `records`.
"""
