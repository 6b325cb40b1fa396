"""Whose words count: staff, promoters and interviewers told from customers."""
