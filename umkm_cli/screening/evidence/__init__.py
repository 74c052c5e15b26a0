"""What a person needs to judge a likeness, gathered, bundled, recomputed and verified.

How it is drawn is for `report`.
"""
