"""Other programs that look for copies, asked the same questions as `umkm`; `tests/bench/peers.py` prints the table."""
