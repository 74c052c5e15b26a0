"""What waits for a person, the steps of it, and what persons decided.

Nothing here knows how a likeness was found.
"""
