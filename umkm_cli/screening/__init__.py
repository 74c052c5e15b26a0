"""The use case at the heart: a picture in, evidence and a verdict out, recorded.

decode → fingerprint → candidates → geometric verification → evidence are `matching`'s; what a match means for this
registry (whose it is, whether a licence, a tradition or a decision explains it) is decided here.
"""
