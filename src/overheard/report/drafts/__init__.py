"""Drafts of what a segment is told: each slot holds customers' words with their quotes, or stands EMPTY."""
