"""Segments from night to night: records under lasting ids, memberships with their dates."""
