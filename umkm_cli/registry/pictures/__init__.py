"""Pictures and files that are kept, and the fingerprints of pictures.

What they show is for `records` and for screening.
"""
