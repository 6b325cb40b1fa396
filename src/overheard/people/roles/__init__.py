"""Whose words count: staff, vendors, promoters, machines, interviewers and passers-by told from customers."""
