"""What tonight's sources show: which pages are asked for, which files are read again, what was said in each."""
