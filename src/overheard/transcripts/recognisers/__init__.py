"""What programs that recognise speech answer, one file for each: JSON → turns."""
