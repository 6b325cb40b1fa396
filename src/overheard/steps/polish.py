"""Drafts → the same in better words, where market.toml names a language model; else nothing is sent anywhere."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence

from overheard.positioning.polish import prompt_of, read_answer, write_question
from overheard.records import Polish, PolishRequest
from overheard.report import polish_requests
from overheard.steps.findings import load_findings
from overheard.steps.market import Market, Outcome, StepSummary, log
from overheard.web import ModelAnswerError, ask_model

STEP = "polish"
KEY = "OVERHEARD_LLM_KEY"
"""A secret, so it stands in the environment alone: in no file of the market, no table, no log."""
NOT_ASKED = "the model could not be asked"
MOST_FAILURES = 3
"""Questions in a row without an answer after which the endpoint is left alone for this run."""

Ask = Callable[[str, str], str]


def polish_market_drafts(market: Market) -> StepSummary:
    """Write the table `polishes`; it is empty where no model is named."""
    settings = market.settings.llm
    kept: list[Polish] = market.tables.load("polishes", Polish) if settings.url else []

    def ask(instruction: str, question: str) -> str:
        key, allow_private = os.environ.get(KEY, ""), market.settings.web.allow_private_addresses
        return ask_model(settings, instruction, question, key, allow_private)

    def work() -> Outcome:
        requests = polish_requests(load_findings(market)) if settings.url else ()
        found = polish_all(requests, kept, settings.model, settings.most_requests, ask)
        market.tables.replace("polishes", Polish, found)
        left_out = Counter("could not be asked" if one.fault == NOT_ASKED else "refused" for one in found if one.fault)
        return Outcome({"polishes": Polish}, len(requests), len(found) - sum(left_out.values()), dict(left_out))

    understood = ("collect", "roles", "signals", "vectors", "pains", "levels")
    after = (*understood, "people", "reference", "vocabulary", "positioning", "strategy")
    inputs = market.settings.model_dump_json() if settings.url else ""
    return market.do_step(STEP, after, inputs, work, lost=any(one.fault == NOT_ASKED for one in kept))


def polish_all(
    requests: Sequence[PolishRequest], kept: Sequence[Polish], model: str, most: int, ask: Ask
) -> list[Polish]:
    """Ask for each request that was not answered before by this model and instruction, and check each answer.

    Args:
        requests: what to ask for.
        kept: earlier answers; they are never asked for again, so that nothing changes overnight.
        model: its name.
        most: questions of this run.
        ask: sends an instruction and a question, and returns the answer or raises ModelAnswerError.
    """
    known = {(one.request_id, one.model, one.prompt): one for one in kept if one.fault != NOT_ASKED}
    found: list[Polish] = []
    asked = failures = 0
    for one in requests:
        instruction = prompt_of(one.task)
        prompt = hashlib.sha256(instruction.encode()).hexdigest()[:12]
        polish = known.get((one.request_id, model, prompt))
        if polish is None:
            text, fault = "", NOT_ASKED
            if asked < most and failures < MOST_FAILURES:
                asked += 1
                try:
                    text, fault = read_answer(ask(instruction, write_question(one)), one)
                    failures = 0
                except ModelAnswerError as error:
                    failures += 1
                    log.warning("polish: %s", error)
            polish = Polish(one.request_id, model, prompt, text, fault)
        found.append(polish)
    return found
