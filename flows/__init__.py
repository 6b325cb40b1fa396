"""Front door 1: Prefect flows. Order, retries and summaries; no logic of their own."""
