"""Ledgers in the manner of different offices and tools, with the right reading beside them."""
