"""`umkm case`: its commands, and the docket that a person works through at the terminal."""
