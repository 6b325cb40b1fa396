"""The market's health between nights: checked, saved in one file, brought back from it."""
