"""Accounts of one person: what a person approved, and what may be worth approving."""
