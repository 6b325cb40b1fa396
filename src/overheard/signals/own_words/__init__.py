"""What of an utterance is its author's own running text?

Others' words (quotes, forwarded mail) would count one person's pain for another; logs, code, listings of a machine are
nobody's words; greetings, signatures, forms' headings and moderators' marks say nothing. What is left is returned as
spans, so every sentence can still be shown as a verbatim slice of the utterance.
"""

from overheard.signals.own_words.cut import cut_own_words

__all__ = ["cut_own_words"]
