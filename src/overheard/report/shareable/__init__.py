"""The edition of a report that may be given away: no verbatim, link, person, day of a post or name of a source."""

from overheard.report.shareable.write import shareable_files

__all__ = ["shareable_files"]
