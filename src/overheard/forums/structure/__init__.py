"""Any thread page: the posts are what repeats, each a text with a name and a date beside it."""
