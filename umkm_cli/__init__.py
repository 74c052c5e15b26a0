"""A registry of small businesses and their batik motifs that screens every new picture for copies."""

__version__ = "0.3.0"
