"""Errors that a person can act on: each message says what, where and what to do."""

from __future__ import annotations


class FeedbackSynthError(Exception):
    """Base of every error the program raises on purpose; its text is shown as it is."""


class UnsupportedFormatError(FeedbackSynthError):
    """The file is of a kind no reader knows."""


class UnreadableDocumentError(FeedbackSynthError):
    """The file is of a known kind, and its content cannot be read."""


class ConfigError(FeedbackSynthError):
    """A setting, a data file or a model file is missing or wrong."""


class StoreError(FeedbackSynthError):
    """The workspace cannot be opened, read or written."""
