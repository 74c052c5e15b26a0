"""What scripts read: the type of every document, which `umkm schema` prints as JSON Schema.

Shapes only; whoever makes a document fills one in, and nothing here knows how. `catalogue.py` lists them by name.
"""
