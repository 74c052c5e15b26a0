"""From what people type to values, one at a time: numbers, names, regions, reasons.

No record and no database is known here.
"""
