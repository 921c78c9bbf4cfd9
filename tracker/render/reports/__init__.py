"""Reports to text, lines, CSV, Markdown and JSON: a module for each, alike to whoever prints them.

Each has `table` (for a screen), `plain`, `csv`, `markdown` and `content` (the JSON beside the
envelope).
"""
