"""overheard hears a market in its own words: README.md says what it does, CONTRIBUTING.md where things are."""

__version__ = "0.1.0"
