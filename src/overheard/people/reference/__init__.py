"""Do people reference each other? Who answers, names, quotes and follows whom, and whether that stays in a segment."""
