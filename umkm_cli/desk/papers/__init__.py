"""What is written for people to keep or hand on: evidence, bundles, receipts, galleries, exported lists.

How they look is the business of `report`.
"""
