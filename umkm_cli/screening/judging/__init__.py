"""One picture against the registry: what is registered, what matches, and what explains it.

Nothing is stored here but what a check saw.
"""
