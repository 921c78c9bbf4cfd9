"""Small changes to the inner rooms, one at a time, and whether a test of the room notices."""
