"""Inputs that nobody thought of, through every reader of what comes from outside.

Each target takes any bytes and holds what it made of them against an oracle. `make test` gives it
the cases that were found once (`corpus/`) and some hundred made by hypothesis; `make fuzz` lets
atheris look for new ones by what code they reach, and keeps what fails in `corpus/`.
"""
