"""`umkm vendor` and `umkm register`."""
