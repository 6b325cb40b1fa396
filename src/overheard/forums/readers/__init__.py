"""One file per engine, API or export, each with its card: what it reads, versions seen, known traps."""
