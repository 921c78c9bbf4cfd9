"""What happens to a store when the world fails: killed writers, failing disks, lost power, crowds.

Each module is one kind of fault and gives an `Outcome`. `make test` runs the short form
(`test_faults.py`), `make faults` the long one, which prints the table of docs/reliability.md.
"""
