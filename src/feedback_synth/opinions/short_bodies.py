"""Bodies in short forms: what hasty notes leave of a name ("trg nghề", "Sở TC", "CCTS"), and which body has it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from feedback_synth import languages
from feedback_synth.datamodel.document import Document
from feedback_synth.languages import names
from feedback_synth.opinions import organizations, signatures

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"[A-ZĐ]{3,8}")
_RUN = re.compile(r"[^\W\d_]+(?:(?:\s|\s[-–&]\s|-|['’]|,\s)[^\W\d_]+)*")


def shortens(short: str, full: str) -> bool:
    """Whether ``short`` says the first words of ``full``: in part letters of theirs, in capitals their initials."""
    said = [(w, names.key(w)) for w in _WORD.findall(short)]
    small = _small_words()
    keys = {key for _, key in said}
    words = [names.key(w) for w in _WORD.findall(full) if w not in small or names.key(w) in keys]
    return bool(said) and _fits(said, [w for w in words if w])


def spelled_out(initials: str, documents: Iterable[Document]) -> str:
    """The one body that the words of the sources write out for ``initials``: "CCTS" for "Chi cục Thủy sản"; or ""."""
    if not _INITIALS.fullmatch(initials) or organizations.is_known(initials):
        return ""
    wanted = names.key(initials)
    found: dict[str, str] = {}
    for document in documents:
        for block in document.blocks:
            for body in _bodies(block.text, wanted):
                found.setdefault(organizations.identity(body), body)
    return organizations.canonical(*_with_language(next(iter(found.values())))) if len(found) == 1 else ""


def _with_language(body: str) -> tuple[str, str]:
    return body, organizations.language_of(body, "en")


def _bodies(text: str, wanted: str) -> Iterable[str]:
    """Runs of words that name a body and whose first letters, small words aside, are ``wanted``."""
    small = _small_words()
    for run in _RUN.finditer(text):
        words = list(_WORD.finditer(run[0]))
        for n, first in enumerate(words):
            if names.key(first[0])[:1] != wanted[0] or not first[0][0].isupper():
                continue
            letters, end = "", first.start()
            for word in words[n:]:
                if letters == wanted or not wanted.startswith(letters):
                    break
                if word[0].lower() in small and not word[0][0].isupper():
                    continue
                letters, end = letters + names.key(word[0])[:1], word.end()
            body = run[0][first.start() : end]
            if letters == wanted and signatures.has_words_for_body(body):
                yield body


@cache
def _small_words() -> frozenset[str]:
    return frozenset(w for code in languages.codes() for w in languages.get(code).stop_words)


def _fits(said: list[tuple[str, str]], words: list[str]) -> bool:
    if not said or not words:
        return not said
    (written, key), rest = said[0], said[1:]
    if _leaves_out(key, words[0]) and _fits(rest, words[1:]):
        return True
    initials = "".join(w[0] for w in words[: len(key)])
    return written.isupper() and len(key) > 1 and key == initials and _fits(rest, words[len(key) :])


def _leaves_out(key: str, word: str) -> bool:
    """ "trg" is left of "truong": the same first letter, the others in order."""
    letters = iter(word)
    return key[:1] == word[:1] and all(c in letters for c in key)
