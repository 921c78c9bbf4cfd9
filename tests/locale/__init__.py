"""The languages that are spoken, and who decides which."""
