"""Who goes and who is not taken in, everywhere: found, noted by a keyed hash, taken out, and looked for."""
