"""A page for pictures, for clerks who do not type paths: drop one, read the verdict, register it.

Served to this computer only, by the standard library: a dozen addresses for one person need no framework, and nothing
is loaded that the use cases do not load. Its words come from `wording`, its answers from `screening`.
"""
