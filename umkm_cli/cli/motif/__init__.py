"""`umkm motif`: its commands and how they show what they found."""
