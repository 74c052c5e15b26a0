"""What kind of place a file lies in, and putting files there whole.

It knows no registry.
"""
