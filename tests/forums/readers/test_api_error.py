"""What APIs answer when something is wrong."""

import pytest

from overheard.errors import UnreadableError
from tests.forums.readers.payloads import read_payload


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ({"message": "Not Found", "documentation_url": "https://docs.example"}, "Not Found"),
        ({"reason": "private", "message": "Forbidden", "error": 403}, "Forbidden"),
        ({"error_id": 502, "error_name": "throttle_violation", "error_message": "too many requests"}, "too many"),
        ({"errors": ["You need to be logged in."], "error_type": "not_logged_in"}, "logged in"),
        ({"errors": [{"status": "404", "code": "not_found"}]}, "not_found"),
        ({"error": "couldnt_find_post"}, "couldnt_find_post"),
        ({"status": {"code": "not-found", "message": "No such topic"}, "response": {}}, "No such topic"),
    ],
)
def test_what_a_server_says_went_wrong_is_said(payload: dict[str, object], told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_payload(payload)
