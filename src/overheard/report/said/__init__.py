"""What a group says, as lists to write from: messages, dreams, worries, ways, questions, a swipe file, places."""
