"""Chats that people saved: what is there is read or refused in words, and no message is lost or told twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.records import Page, Reading

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FOLDERS = ("slack_api", "mattermost_api", "rocketchat_api", "gitter_api", "telegram_api", "irc_logs")


def read_file(path: Path) -> tuple[Reading, ...]:
    return read_page(Page(path.name, path.read_bytes(), "", NOW))


@pytest.mark.parametrize("folder", FOLDERS)
def test_saved_payloads_are_read_or_refused_by_their_own_reader(shared_data: Path, folder: str) -> None:
    read = 0
    for path in sorted((shared_data / "pages" / folder).iterdir()):
        try:
            posts = [post for reading in read_file(path) for post in reading.posts]
        except UnreadableError as error:
            assert "neither a web page nor a known payload" not in str(error)
        else:
            read += 1
            assert all(post.author and post.said_at for post in posts)
    assert read >= 1


@pytest.mark.slow
def test_every_message_in_words_of_the_saved_discord_exports_is_read_once(shared_data: Path) -> None:
    keys: list[str] = []
    for path in sorted((shared_data / "pages" / "discord_html").glob("*.html"))[:20]:
        try:
            keys += [post.key for reading in read_file(path) for post in reading.posts if post.author and post.said_at]
        except UnreadableError:
            assert path.read_text("utf-8").count("chatlog__markdown-preserve>") == 0
    assert len(keys) == len(set(keys)) > 300
