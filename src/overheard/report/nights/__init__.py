"""Earlier reports beside this one: a calendar of nights, and what changed between any two of them."""
