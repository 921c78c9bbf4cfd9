"""Copies of what shows that something was done: taken, fetched, stamped with the time, found."""
