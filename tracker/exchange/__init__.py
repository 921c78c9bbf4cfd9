"""Milestones to and from the files of other programs, whole: JSON and CSV."""
