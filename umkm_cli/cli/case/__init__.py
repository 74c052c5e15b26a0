"""`umkm case`: its commands, and the desk at the terminal."""
