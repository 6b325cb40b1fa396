"""Who the people of a segment are otherwise: described afterwards, never used to group."""

from overheard.people.context.association import Association, describe_fields
from overheard.people.context.fields import Field, read_fields

__all__ = ["Association", "Field", "describe_fields", "read_fields"]
