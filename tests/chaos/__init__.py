"""Whole nights of a small market, killed and broken at random, beside the same nights undisturbed."""
