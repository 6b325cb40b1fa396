"""What people decide, and what lasts because of it: a run accepted or refused, groups edited by hand, bets."""
