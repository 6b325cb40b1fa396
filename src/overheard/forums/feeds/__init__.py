"""Feeds as sites write them: entries, and which of them belong to one thread."""
