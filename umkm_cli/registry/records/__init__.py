"""Businesses, products, motifs, people, licences and traditional patterns: fields, rules, queries.

No picture is compared here.
"""
