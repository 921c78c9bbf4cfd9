"""Results to text, rich renderables, JSON, CSV: every function returns, none prints."""
