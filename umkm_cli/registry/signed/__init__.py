"""What the office signs, with which key, and whose signatures it takes.

What a document shows is for `report`.
"""
