"""Other trackers' records, followed: fetched, verified, and kept to be read beside one's own."""
