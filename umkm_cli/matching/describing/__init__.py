"""One picture: its local features, fingerprint, hashes and colours.

Nothing here compares two.
"""
