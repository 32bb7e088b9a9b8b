"""What the columns of a table mean, scored by their headers and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedback_synth.datamodel.document import ColumnRole
from feedback_synth.documents._column_words import (
    FIGURE,
    is_question,
    is_survey,
    says_nothing,
    share_of_votes,
    share_of_words,
    title_asks,
    title_has,
    title_scores,
)

_SEVERAL: tuple[ColumnRole, ...] = ("opinion", "agreement", "response", "note")  # roles that two columns may share
_KNOWN_BY_CELLS: tuple[ColumnRole, ...] = ("organization", "person", "provision", "response")
_THRESHOLD = 1.0
_MOSTLY = 0.7
_SAID = 3  # words of what half of such answers say
_NUMBER = re.compile(r"^(?:\d{1,4}|[ivxlc]{1,6}|[a-z])[.)]?(?:\d{1,3}[.)]?)*$", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?\b")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header words ("" without header) and the texts of its cells that hold something."""

    title: str
    values: Sequence[str]


def score_roles(columns: Sequence[Column], *, announced: bool = False) -> list[ColumnRole]:
    """The role of each column; a role that only one column can have goes to the best one.

    ``announced``: a title over the table says that opinions stand below, so that a bare "Contents" holds them.
    """
    scores = [_scores(column) for column in columns]
    roles: list[ColumnRole] = ["other"] * len(columns)
    taken: set[ColumnRole] = set()
    order = sorted(
        ((score, -i, role) for i, table in enumerate(scores) for role, score in table.items() if score >= _THRESHOLD),
        key=lambda item: (-item[0], -item[1]),
    )
    for _, negative, role in order:
        if roles[-negative] == "other" and (role in _SEVERAL or role not in taken):
            roles[-negative] = role
            taken.add(role)
    _survey(columns, roles)
    _by_provision(columns, roles)
    _asked_too(columns, roles)
    told = announced or bool(taken & {"organization", "person", "provision"})
    if told or taken <= {"number", "note"}:
        _remarked(columns, roles)
    else:
        _drop_unsure(columns, roles)
    _answered(columns, roles)
    return roles


def _remarked(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """Remarks in sentences are the opinions where no other column holds any."""
    if {"opinion", "agreement", "question"} & set(roles):
        return
    for i, column in enumerate(columns):
        remarks = title_has("opinion", "remarks", column.title)
        if roles[i] == "note" and remarks and _is_free_text(column.values) and _are_sentences(column.values):
            roles[i] = "opinion"
            return


def _answered(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """Beside the questions of a survey the answers are the opinions; questions that people put are opinions."""
    if "question" not in roles:
        return
    asked = roles.index("question")
    if "opinion" in roles:
        return
    answers = [
        i for i, c in enumerate(columns) if roles[i] in ("response", "other") and title_has("answer", "strong", c.title)
    ]
    told = "person" in roles or "organization" in roles
    if answers and (not told or is_survey(columns[asked].values)):
        roles[answers[0]] = "opinion"
    else:
        roles[asked] = "opinion"


def _drop_unsure(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """A bare "Contents" holds opinions only beside those who gave them or what they are about."""
    for i, column in enumerate(columns):
        if (
            roles[i] == "opinion"
            and not is_question(column.title)
            and title_scores(column.title).get("opinion", 0.0) < _THRESHOLD
        ):
            roles[i] = "other"


def _survey(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """In an export of a survey every column with free text under a question holds opinions."""
    questions = [i for i, c in enumerate(columns) if is_question(c.title)]
    if len(questions) < 2 and not ({"date", "person"} & set(roles) and questions):
        return
    for i in questions:
        if roles[i] in ("other", "question", "provision", "draft_text", "response") and _is_free_text(
            columns[i].values
        ):
            roles[i] = "opinion"


def _asked_too(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """Beside opinions or votes of people: free text under words that speak to them ("What worries you"), name
    troubles ("Difficulties where you live") or ask for the rest ("Other remarks").
    """
    if not {"opinion", "agreement"} & set(roles) or not {"person", "organization"} & set(roles):
        return
    for i, column in enumerate(columns):
        asked = title_asks(column.title, "spoken_to", "troubles")
        rest = title_asks(column.title, "further")
        wanted = (roles[i] == "other" and asked) or (roles[i] in ("other", "note") and rest)
        if wanted and _is_free_text(column.values) and _are_sentences(column.values):
            roles[i] = "opinion"


def _are_sentences(values: Sequence[str]) -> bool:
    lengths = sorted(len(v.split()) for v in values if v and not says_nothing(v))
    return bool(lengths) and lengths[len(lengths) // 2] >= _SAID


def _by_provision(columns: Sequence[Column], roles: list[ColumnRole]) -> None:
    """A survey with a column for each provision: free text of people under "Article 2", "Article 4", "Other"."""
    if "opinion" in roles or not {"person", "organization"} & set(roles):
        return
    places = [
        i
        for i, c in enumerate(columns)
        if title_scores(c.title).get("provision", 0.0) >= _THRESHOLD
        and _is_free_text(c.values)
        and share_of_words([v for v in c.values if v], "provision") < 0.5
    ]
    if len(places) < 2:
        return
    for i, column in enumerate(columns):
        if i in places or (roles[i] in ("other", "note") and _is_free_text(column.values)):
            roles[i] = "opinion"


def _is_free_text(values: Sequence[str]) -> bool:
    filled = [v for v in values if v and not says_nothing(v)]
    different = len(set(filled))
    lengths = sorted(len(v) for v in filled)
    return bool(filled) and lengths[len(lengths) * 3 // 4] >= 12 and different > len(filled) / 2


def _scores(column: Column) -> dict[ColumnRole, float]:
    scores = title_scores(column.title)
    values = [v for v in column.values if v]
    if not values:
        return scores
    for role in _KNOWN_BY_CELLS:
        if scores.get(role, 0.0) > 0:
            scores[role] += share_of_words(values, role)
    lengths = sum(map(len, values)) / len(values)
    figures = sum(bool(FIGURE.match(v)) for v in values) / len(values)
    if scores.get("opinion", 0.0) > 0:
        scores["opinion"] += 0.5 if lengths > 30 else -0.6 if figures > 0.7 else 0.0
    if scores.get("number", 0.0) > 0 and sum(bool(_NUMBER.match(v)) for v in values) < 0.5 * len(values):
        scores["number"] = 0.0
    if scores.get("date", 0.0) > 0 and sum(bool(_DATE.search(v)) for v in values) < 0.5 * len(values):
        scores["date"] -= 1.0
    if scores.get("agreement", 0.0) > 0:
        voted = share_of_votes(values) >= _MOSTLY
        scores["agreement"] += 2.0 if voted else -scores["agreement"]
        scores |= {"opinion": 0.0} if voted else {}
    if figures > _MOSTLY:  # "Number of voters" names nobody
        scores |= {role: 0.0 for role in ("organization", "person") if role in scores}
    return scores
