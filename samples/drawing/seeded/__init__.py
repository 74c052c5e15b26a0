"""The motifs that are drawn from a seed number, and the two traditional references among them."""
