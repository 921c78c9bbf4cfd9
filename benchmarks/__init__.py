"""How fast the tracker is beside the programs people use: `make bench` prints the tables."""
