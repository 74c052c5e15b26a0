"""What is compared once more: past checks with new motifs, and the whole registry after an update."""
