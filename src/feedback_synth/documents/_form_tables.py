"""Forms laid out as a table: a label in each row, and beside it what somebody filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.documents._column_words import announces
from feedback_synth.documents._words import folded
from feedback_synth.languages.text import strip_marks

_FACTS = ("sender", "signer", "signer_title")  # what forms ask of who fills them in
_LEAST_FACTS = 2
_SENTENCE = 6  # words from which an answer can be a remark
_LONGEST_LABEL = 20  # words
_ASIDE = re.compile(r"\([^()]*\)")

Place = tuple[int, int]


def roles(texts: Mapping[Place, str]) -> dict[Place, ColumnRole]:
    """The role of each cell of such a form, by (row, column); none where a table is no form.

    Two rows at least ask who fills it in, the first among them: no header stands above. An answer is an opinion where
    it is a sentence or its label asks for one.
    """
    rows: dict[int, list[int]] = {}
    for row, column in sorted(texts):
        rows.setdefault(row, []).append(column)
    facts = [row for row, columns in rows.items() if len(columns) <= 3 and _fact_column(texts, row, columns)]
    if len(facts) < _LEAST_FACTS or any(len(columns) > 3 for columns in rows.values()):
        return {}
    if any(len(columns) > 1 for row, columns in rows.items() if row < facts[0]):
        return {}
    if len({_fact_column(texts, row, rows[row]) for row in facts}) > 1:
        return {}
    label = _fact_column(texts, facts[0], rows[facts[0]])
    found: dict[Place, ColumnRole] = dict.fromkeys(texts, "other")
    for row, columns in rows.items():
        if row in facts or label not in columns or columns[-1] == label:
            continue
        asked, answer = texts[row, label], texts[row, columns[-1]]
        if len(asked.split()) <= _LONGEST_LABEL and (announces(asked) or len(answer.split()) >= _SENTENCE):
            found[row, label], found[row, columns[-1]] = "question", "opinion"
    return found


def _fact_column(texts: Mapping[Place, str], row: int, columns: list[int]) -> int:
    """The column that asks for a fact about the person, with an answer behind it; 0 where none does."""
    return next((c for c in columns[:-1] if is_fact(texts[row, c])), 0)


def is_fact(label: str) -> bool:
    """Whether a label asks who fills in a form ("Họ và tên", "Organisation")."""
    plain = strip_marks(_ASIDE.sub(" ", label)).strip(" .:*")
    return any(plain == word for name in _FACTS for word in folded("fields", name))
