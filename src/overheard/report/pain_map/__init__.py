"""The pains on a sheet of paper: near where their sentences mean nearly the same, joined where the same people tell."""
