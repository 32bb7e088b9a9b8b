"""What the reader of minutes remembers of a meeting from block to block: who was there, who speaks, how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from feedback_synth.datamodel.document import Document
from feedback_synth.datamodel.opinion import Author
from feedback_synth.languages import names
from feedback_synth.languages.text import strip_marks
from feedback_synth.opinions import authors, layout, letters, recordings, rosters, turns
from feedback_synth.opinions.stretch import UNKNOWN

BEFORE = ("opening", "attendance", "procedure")  # sections before the discussion
_LEAST_CHATTED = 3
_MOST_OPENING = 4  # turns before the heading of the discussion


@dataclass
class Meeting:
    """A meeting as far as its minutes are read."""

    section: str = "opening"
    author: Author = UNKNOWN
    place: str = ""
    lead: str = ""
    each: bool = True  # so far every paragraph of the discussion opens with its speaker
    chat: bool = False
    called: bool = False  # several people are called by name
    announced: bool = False  # a heading will open the discussion: who speaks before it only opens the meeting
    roster: dict[str, Author] = field(default_factory=dict)
    presenters: set[str] = field(default_factory=set)  # given names of those who presented the drafts
    grouped: bool = False  # working groups report back
    group: str = ""  # the group that reports ("Group 1")
    rapporteur: Author = UNKNOWN
    reports: bool = False  # the moderator has asked somebody to present the drafts

    def enter_discussion(self) -> None:
        """Somebody has spoken: before a heading says so, the discussion has begun."""
        if self.section in BEFORE:
            self.section = "discussion"

    def enrol(self, text: str, code: str) -> None:
        """Remember who a line says was there, to complete speakers that are later called by given name only."""
        for author in rosters.enrolled(text, code):
            self.roster.setdefault(names.given(author.name), author)

    def mention(self, text: str, code: str) -> None:
        """Remember who is named with a title in a line of the opening."""
        for author in rosters.mentioned(text, code):
            self.roster.setdefault(names.given(author.name), author)

    def completed(self, author: Author) -> Author:
        """A speaker called by a part of the name, completed from the list of those present or from an earlier turn."""
        if author.title and not author.name and not author.organization:
            return rosters.by_title(author.title, self.roster) or author
        known = self.roster.get(names.given(author.name)) if author.name else None
        if known is None or not names.same(author.name, known.name):
            if len(author.name.split()) > 1 and author.organization:
                self.roster.setdefault(names.given(author.name), author)  # later called by a part of the name
            return author
        if author.organization and not same_body(replace(author, name=""), known):
            return author
        return authors.completed(author, known)


def begun(document: Document, *, called: bool) -> Meeting:
    """The meeting before the first block; ``called`` tells that several people are called by name in it."""
    author = UNKNOWN if called else letters.sender(document)  # a rapporteur is not who speaks
    return Meeting(chat=_is_chat(document), author=author, called=called, announced=_is_announced(document))


def _is_announced(document: Document) -> bool:
    """Whether a heading opens the discussion, with a few turns before it and more behind."""
    turned: list[int] = []
    opened = -1
    for number, block in enumerate(document.blocks):
        code = layout.language_of(block, document.language)
        if opened < 0 and layout.section(block, code) == "discussion" and turns.turn(block.text, code) is None:
            opened = number
        elif block.kind not in layout.OUTSIDE and turns.turn(block.text, code):
            turned.append(number)
    before = sum(number < opened for number in turned)
    return opened >= 0 and before <= _MOST_OPENING and len(turned) > 2 * before


def _is_chat(document: Document) -> bool:
    """Whether lines open with bare names again and again; one such line may be a heading."""
    if document.kind != "notes" and not recordings.is_recording(document):
        return False
    opened = sum(turns.is_nickname(b.text, document.language) for b in document.blocks)
    return opened >= _LEAST_CHATTED


def same_body(author: Author, speaking: Author) -> bool:
    """ "Ban Văn hóa nhất trí …" in the speech of its head is no new speaker."""
    if author.name or not author.organization or not speaking.name:
        return False
    mine, theirs = strip_marks(author.organization), strip_marks(speaking.organization)
    return bool(theirs) and (mine in theirs or theirs in mine)
