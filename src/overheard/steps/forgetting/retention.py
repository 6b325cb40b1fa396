"""What was said longer ago than the market keeps goes, wherever it stands."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from overheard.records import Utterance
from overheard.steps.forgetting.cascade import cascade
from overheard.steps.forgetting.doomed import gather
from overheard.steps.market import Market, log


def oldest_kept(market: Market) -> datetime | None:
    """Return the moment before which nothing is kept, None where everything is."""
    days = market.settings.privacy.keep_days
    return datetime.combine(market.night, time(), UTC) - timedelta(days) if days else None


def expire(market: Market) -> int:
    """Take what is too old out of everything; return how many posts went. What has no date stays.

    Nothing is noted of it: a killed run finds the posts again, whose table is the last that is changed.
    """
    oldest = oldest_kept(market)
    utterances = market.tables.load("utterances", Utterance) if oldest else []
    old = [one for one in utterances if oldest and one.said_at and one.said_at < oldest]
    if not old:
        return 0
    ids = {one.utterance_id for one in old}
    gone = {one.person_id for one in old} - {one.person_id for one in utterances if one.utterance_id not in ids}
    names = market.load_names()
    cascade(market, gather(market, old, gone, sorted(names[one] for one in gone if one in names), refit=False))
    log.info("collect: %d posts from before %s went, as [privacy] keep_days says", len(old), f"{oldest:%Y-%m-%d}")
    return len(old)
