"""What is done when somebody asks, outside a run: filters, exports, lists and a new market."""
