"""What each person needs: their pain sentences as evidence, as shares of pains, and as a place in a space of needs."""
