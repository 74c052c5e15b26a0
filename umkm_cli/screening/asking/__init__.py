"""What people ask of pictures without registering any: checks, comparisons, complaints, hashes, the demonstration."""
