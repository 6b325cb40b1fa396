"""Mail as people write it to lists, groups and news: one message to its author, date, own words and thread."""
