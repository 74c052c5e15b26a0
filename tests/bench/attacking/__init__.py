"""What happens to a motif between its maker and a clerk; `tests/bench/attacks.py` lists it all."""
