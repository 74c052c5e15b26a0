"""Measurements and long trials; the tests run the same functions with smaller numbers."""
