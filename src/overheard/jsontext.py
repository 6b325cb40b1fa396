"""JSON from strangers: its value, or where and why it is none."""

from __future__ import annotations

import json
import re
from typing import Any

from overheard.errors import UnreadableError

_HALF_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""JSON may hold one half of a surrogate pair, which no file or hash can take."""

_MEND = "fetch, export or save it again"


def parse_json(text: str, place: str) -> tuple[Any, UnreadableError | None]:
    """Parse a JSON text.

    Args:
        text: what is to be parsed.
        place: where it lies, told with the line in the error.

    Returns:
        The value and None, or None and why there is none.
    """
    try:
        return json.loads(_HALF_CHARACTER.sub(r"\\ufffd", text)), None
    except json.JSONDecodeError as error:
        return None, UnreadableError(f"{place}:{error.lineno}", "is cut off or is no valid JSON", _MEND)
    except RecursionError:
        return None, UnreadableError(place, "is JSON nested too deeply", _MEND)
    except ValueError:
        return None, UnreadableError(place, "is JSON with a number of thousands of digits", _MEND)
