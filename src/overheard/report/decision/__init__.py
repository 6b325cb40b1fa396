"""Love, funnel and focus: what the customers' own files say of each segment, and what follows from it."""
