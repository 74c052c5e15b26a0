"""Spreadsheets in and out, as text cells in numbered rows: CSV, XLSX, XLS, ODS.

What a column means is for others to know.
"""
