"""A page for every pain and every headline term: everything that is known of that one thing."""
