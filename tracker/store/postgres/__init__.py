"""Milestones in PostgreSQL, or in a distributed database that speaks as it does.

`store` is the engine. `address` says where, `connections` keeps what is open, `schema` makes the
tables of `tables`, `rows` turns milestones into rows, `selecting` turns a list's question into SQL,
`snapshots` reads everything again by what changed, `transaction` is one attempt at a change and
`attempts` all of them; `checking` finds what SQL changed beside the documents, and `faults` puts
the database's refusals in our words.
"""
