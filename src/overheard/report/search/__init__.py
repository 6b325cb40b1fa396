"""What the page of search finds, and the page."""
