"""The digest on its way to its readers: to whom, what each has been told, and how it is sent."""
