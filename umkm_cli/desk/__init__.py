"""What the office's people can do: one function for each command, whichever face asks (`cli`, `page`).

They take plain values and the settings, open the only transactions there are, and return typed results; nothing here
prints, asks or knows of options.
"""
