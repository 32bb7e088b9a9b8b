"""Errors that a person can act on: each message says what, where and what to do."""

from __future__ import annotations


class FeedbackSynthError(Exception):
    """Base of every error the program raises on purpose.

    ``sentence`` is English with ``{names}`` that ``values`` fill in; ``str(error)`` is the filled-in sentence. The
    command line looks the sentence up in data/labels/program.toml to say it in the user's language.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        self.values = values


class UnsupportedFormatError(FeedbackSynthError):
    """The file is of a kind no reader knows."""


class UnreadableDocumentError(FeedbackSynthError):
    """The file is of a known kind, and its content cannot be read."""


class ConfigError(FeedbackSynthError):
    """A setting, a data file or a model file is missing or wrong."""


class StoreError(FeedbackSynthError):
    """The workspace cannot be opened, read or written."""
