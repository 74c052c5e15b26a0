"""The designs drawn on `SeededCloth`: motifs, traditional references, and butterflies that nobody registered."""
