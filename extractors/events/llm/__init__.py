"""Articles in, the same event records as the grammar's out, from a language model behind an HTTP endpoint."""

from extractors.events.llm.coder import LlmCoder

__all__ = ["LlmCoder"]
