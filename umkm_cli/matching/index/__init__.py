"""The registered views as files that a search reads little of: segments, and the codebook that orders them.

Arrays and files only. Which views a segment holds, whether it is up to date and what to do where it is not, is known to
`screening`, which asks the database. What a search finds here is a shortlist: exact votes and verification follow.

A keypoint is stored as the cell that its descriptor falls in, 64 bits of where in that cell, its angle and its size
(Jégou, Douze and Schmid 2008, Hamming embedding; Babenko and Lempitsky 2012, the inverted multi-index). Everything is
integers, so that a picture finds the same views on every machine.
"""
