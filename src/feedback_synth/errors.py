"""Errors that a person can act on: each message says what, where and what to do."""

from __future__ import annotations


class Sentence(str):
    """A filled-in English sentence that remembers its ``template`` and ``values``, so that it can be said in another
    language: the command line looks the template up in data/labels/program.toml.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Sentence:
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made


class FeedbackSynthError(Exception):
    """Base of every error the program raises on purpose: a ``Sentence`` with ``{names}`` that ``values`` fill in."""

    def __init__(self, template: str, **values: object) -> None:
        self.sentence = template if isinstance(template, Sentence) else Sentence(template, **values)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return self.sentence


class UnsupportedFormatError(FeedbackSynthError):
    """The file is of a kind no reader knows."""


class UnreadableDocumentError(FeedbackSynthError):
    """The file is of a known kind, and its content cannot be read."""


class ConfigError(FeedbackSynthError):
    """A setting, a data file or a model file is missing or wrong."""


class StoreError(FeedbackSynthError):
    """The workspace cannot be opened, read or written."""
