"""A BERTopic that keeps the topics it is given: their numbers when it is fitted, their words when they are updated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bertopic import BERTopic


class KeptTopics(BERTopic):  # type: ignore[misc]  # bertopic ships no types
    """BERTopic with the given labels for topics; see `model_topics`."""

    topic_embeddings_: Any

    def update_topics(
        self,
        docs: list[str],
        images: list[str] | None = None,
        topics: Sequence[int] | None = None,
        top_n_words: int | None = None,
        n_gram_range: tuple[int, int] | None = None,
        vectorizer_model: Any = None,
        ctfidf_model: Any = None,
        representation_model: Any = None,
    ) -> None:
        """Describe the topics anew, after texts have moved between them.

        BERTopic falls back to a vectorizer without stop words (MaartenGr/BERTopic #936, #2148), and keeps the centroid
        of -1 after the last text has left it, so that every topic it then predicts is one too high (#1809, #2198). Here
        what is not given stays as it was, and the centroids are those of the topics there are.

        Args:
            docs: the texts of the fit, in their order.
            images: of no use here.
            topics: the topic of each text; unset: as they are. No topic may come, and only -1 may go.
            top_n_words: words per topic.
            n_gram_range: words per term.
            vectorizer_model: what counts the terms.
            ctfidf_model: what weighs them.
            representation_model: what chooses among them.

        Raises:
            ValueError: `topics` has one the model does not have, or lacks one it has.
        """
        known = set(self.topics_)
        changed = known.symmetric_difference(self.topics_ if topics is None else map(int, topics))
        if changed and not (changed == {-1} and -1 in known):
            raise ValueError(f"topics {sorted(changed)} would come or go: build the model anew, or use merge_topics")
        vectorizer = vectorizer_model or self.vectorizer_model
        if n_gram_range and vectorizer_model is None:
            vectorizer.set_params(ngram_range=n_gram_range)
        centroids, had_outliers = self.topic_embeddings_, self._outliers
        super().update_topics(
            docs,
            images,
            topics,
            top_n_words or self.top_n_words,
            n_gram_range,
            vectorizer,
            ctfidf_model or self.ctfidf_model,
            representation_model or self.representation_model,
        )
        self.topic_embeddings_ = centroids[had_outliers - self._outliers :]

    def _sort_mappings_by_frequency(self, documents: Any) -> Any:
        """Keep the numbers of the fit: BERTopic's sort tears topics of one size out of their order."""
        if self.topic_representations_:
            return super()._sort_mappings_by_frequency(documents)
        self._update_topic_size(documents)
        self.topic_mapper_.add_mappings({topic: topic for topic in self.topic_sizes_}, topic_model=self)
        return documents
