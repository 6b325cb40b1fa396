"""The corridor: a step loads records, calls one room, saves records. `order.py` has them in the order data walks."""
