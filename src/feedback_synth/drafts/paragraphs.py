"""An article of one paragraph that became one of several, and the other way round.

The label of an article's only paragraph is the article's; with a second one the first is "alinéa 1". Both are put on
one footing before they are compared, so that the paragraph that stayed is found again and only the second is new.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from feedback_synth.datamodel.comparison import Change, Pair
from feedback_synth.datamodel.draft import Draft, Provision
from feedback_synth.languages.words import structure


@dataclass(frozen=True, slots=True)
class Footing:
    """Both drafts with their lone paragraphs as provisions; ``articles`` are the articles they stand for, by id."""

    old: Draft
    new: Draft
    old_articles: dict[str, Provision]
    new_articles: dict[str, Provision]

    def restored(self, change: Change) -> Change:
        """The change with the ids and labels that the drafts themselves have."""
        old, new = self.old_articles.get(change.old_id), self.new_articles.get(change.new_id)
        if old is not None:
            change = replace(change, old_id=old.id, old_label=old.label)
        return change if new is None else replace(change, new_id=new.id, new_label=new.label)

    def restored_pair(self, pair: Pair) -> Pair:
        """The same for a pair."""
        old, new = self.old_articles.get(pair.old_id), self.new_articles.get(pair.new_id)
        if old is not None:
            pair = replace(pair, old_id=old.id, old_label=old.label)
        return pair if new is None else replace(pair, new_id=new.id, new_label=new.label)


def on_one_footing(old: Draft, new: Draft) -> Footing:
    """``old`` and ``new``, an article with words of its own in one and paragraphs in the other split in both."""
    before, after = _lone(old, new), _lone(new, old)
    articles = ({_first(p): p for p in found} for found in (before, after))
    return Footing(_split(old, before), _split(new, after), *articles)


def _lone(draft: Draft, other: Draft) -> list[Provision]:
    """The articles of one paragraph that have several in the other draft."""
    several = {p.label for p in other.provisions if p.level == "article" and not p.text and _counts(other, p)}
    return [
        p
        for p in draft.provisions
        if p.label in several
        and p.level == "article"
        and p.text
        and "\n" not in p.text
        and not draft.children.get(p.id)
    ]


def _counts(draft: Draft, article: Provision) -> bool:
    """Whether its paragraphs bear no numbers and are counted ("alinéa 1")."""
    word = structure(draft.language)["levels"]["clause"][0].lower()
    first = next(iter(draft.children.get(article.id, ())), None)
    return draft.language == "fr" and first is not None and first.label == f"{article.label} {word} 1"


def _first(article: Provision) -> str:
    return f"{article.id}/cl_1"


def _split(draft: Draft, articles: list[Provision]) -> Draft:
    if not articles:
        return draft
    found = {p.id for p in articles}
    provisions: list[Provision] = []
    for p in draft.provisions:
        if p.id in found:
            provisions += [
                replace(p, text=""),
                replace(p, id=_first(p), level="clause", number="1", heading="", parent_id=p.id),
            ]
        else:
            provisions.append(p)
    figures = (
        replace(i, provision_id=f"{i.provision_id}/cl_1") if i.provision_id in found and not i.row_id else i
        for i in draft.indicators
    )
    return replace(draft, provisions=tuple(provisions), indicators=tuple(figures))
