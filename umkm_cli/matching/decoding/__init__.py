"""From the bytes of a picture file to pixels, within bounds of memory, and what a file says besides its pixels.

What they show is for others.
"""
