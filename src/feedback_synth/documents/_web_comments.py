"""Comments under a web page: who wrote which of its pieces, by names, dates and the elements that hold them."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from feedback_synth.datamodel.document import BlockKind, Cell
from feedback_synth.documents._signing import is_name
from feedback_synth.documents._web_stamps import LONGEST_BYLINE, SEPARATORS, is_stamped, without_date
from feedback_synth.documents._words import folded
from feedback_synth.languages.text import fold, strip_marks

_LEAST_DATED = 3  # names with dates that make comments of a page that nowhere speaks of comments
_PSEUDONYM_WORDS = 4
_LEAST_WRITTEN = 2  # … and names with "wrote" or "posted by"
_LEAST_NAMED = 2  # names in one place of the records of a page, …
_MOST_PLACES = 0.6  # … and their share of what stands there, where the others are names, too
_COMMENT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?\w+|commentaires?|repl(?:y|ies)|reactions?|contributions?|feedback|opinions?|"
    r"binh-?luan|y-?kien|gop-?y|phan-?hoi|avis|disqus|reviews?|testimonials?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AUTHOR_NAMES = re.compile(
    r"(?:^|[\s_-])(?:author|byline|user(?:-?name)?|commenter|poster|sender|name|nickname|vcard|fn|cite|auteur|pseudo|"
    r"nom|tac-?gia|nguoi-?gui|ten|ho-?ten|meta|commentmetadata)(?:$|[\s_-])",
    re.IGNORECASE,
)
_REPLY_NAMES = re.compile(
    r"(?:^|[\s_-])(?:repl(?:y|ies)|children|responses?|reponses?|tra-?loi|depth-[2-9])(?:$|[\s_-])", re.I
)
_QUOTE_NAMES = re.compile(r"(?:^|[\s_-])(?:quotes?|quoted|bbcode_quote|citation|trich-?dan)(?:$|[\s_-])", re.IGNORECASE)
_HANDLE = re.compile(r"@?(?=\w*(?:_|[^\W\d_]\d))\w{3,30}|@\w{3,30}")  # "river_rat", "Minh82", "@lan"
_PARTS = re.compile(r"\s*[,·•|(;–—]\s*|\s+-\s+")
_INLINE = re.compile(r"(?P<head>[^:\n]{2,120}?)\s?:\s+(?=\S.{8})")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = frozenset("nav form button select menu".split())


_Place = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of a page that becomes one block, with the element it stands in."""

    text: str
    element: Any
    kind: BlockKind
    level: int | None = None
    number: str = ""
    cell: Cell | None = None
    aside: bool = False  # in a menu, a side column, a form
    quoted: int = 0  # in so many quotations of a mail


@dataclass
class Comment:
    """Places of pieces: ``bylines`` say who wrote and when, ``body`` is what was written."""

    author: str
    date: str
    bylines: list[int]
    body: list[int] = field(default_factory=list)
    is_reply: bool = False
    start: int = 0  # where the comment begins in its first piece, behind a name that stands before it
    is_written: bool = False  # "wrote", "posted by"


@dataclass(frozen=True, slots=True)
class _Byline:
    name: str
    date: str
    is_dated: bool
    is_written: bool = False
    end: int = 0  # of the byline in a piece that goes on with the comment itself


def find(pieces: Sequence[Piece]) -> list[Comment]:
    """The comments of a page with their words, in order; none where a page shows no names or dates over texts."""
    hinted = hinted_in(pieces)
    posts = set() if hinted else _posts(pieces)
    hinted |= posts
    found = _grouped(pieces, hinted, posts)
    _fill(found, pieces)
    found = [c for c in found if c.body and not _is_removed(" ".join(pieces[i].text for i in c.body))]
    return [c for c in found if c.bylines[0] in hinted] or _unannounced(found)


def _unannounced(found: list[Comment]) -> list[Comment]:
    """Comments of a page without the word: enough of them with name and date."""
    named = [c for c in found if c.author]
    written = [c for c in named if c.is_written]
    dated = [c for c in named if c.date]
    return named if len(dated) >= _LEAST_DATED or len(written) >= _LEAST_WRITTEN else []


# ---- where comments can be -------------------------------------------------------------------------
def hinted_in(pieces: Sequence[Piece]) -> set[int]:
    """Places of pieces in elements named after comments, or below a heading that announces them."""
    found: set[int] = set()
    level: int | None = None  # of the heading that announces
    for i, piece in enumerate(pieces):
        heading = _heading_level(piece)
        if _announces(piece):
            level = heading if heading is not None else 9
        elif level is not None and heading is not None and heading <= level and not is_name(piece.text):
            level = None
        if level is not None or _in_comments(piece.element):
            found.add(i)
    return found


def _announces(piece: Piece) -> bool:
    words = strip_marks(re.sub(r"[\d()\[\]:]+", " ", piece.text)).split()
    return len(words) <= 6 and " ".join(words) in folded("web", "headings")


def _heading_level(piece: Piece) -> int | None:
    return next((_HEADINGS.index(e.tag) for e in ancestry(piece.element) if e.tag in _HEADINGS), None)


def _in_comments(element: Any) -> bool:
    return any(_COMMENT_NAMES.search(_names(e)) for e in ancestry(element) if e.tag not in ("html", "body"))


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def ancestry(element: Any) -> Iterator[Any]:
    while element is not None and isinstance(element.tag, str):
        yield element
        element = element.getparent()


def _posts(pieces: Sequence[Piece]) -> set[int]:
    """Places of the lines over the posts of a forum, which nowhere speaks of comments: in one place of its records a
    name that somebody gave himself with day and hour, or day and hour alone below such a name.
    """
    dated = [i for i, p in enumerate(pieces) if p.cell is None and not p.aside and is_stamped(p.text)]
    counts = Counter(place_of(pieces[i].element) for i in dated)
    texts = Counter(place_of(p.element) for p in pieces)
    places = {place for place, n in counts.items() if n >= _LEAST_DATED and n > _MOST_PLACES * texts[place]}
    heads = {i for i in dated if place_of(pieces[i].element) in places}
    alone = {i for i in heads if not without_date(pieces[i].text)[0].strip(SEPARATORS)}
    above = Counter(place_of(pieces[i - 1].element) for i in alone if i and _is_nick(pieces[i - 1]))
    names = {i - 1 for i in alone if i and above[place_of(pieces[i - 1].element)] >= _LEAST_DATED}
    return names | {i for i in heads if i not in alone or i - 1 in names}


def _of_post(piece: Piece) -> _Byline:
    """The line over a post whose words are no known name: what stands in an element of its own, else all words."""
    rest, date, _ = without_date(piece.text)
    rest, lead = rest.strip(SEPARATORS), _lead(piece.element).strip(SEPARATORS)
    return _Byline(lead if lead and rest.startswith(lead) else rest, date, True)


def _is_nick(piece: Piece) -> bool:
    """Whether a line over day and hour may be what somebody calls himself; titles of news stand there, too."""
    short = len(piece.text.split()) <= _PSEUDONYM_WORDS and not piece.text.endswith((".", "?", "!", ":"))
    return short and _heading_level(piece) is None and piece.cell is None and not piece.aside


# ---- bylines ---------------------------------------------------------------------------------------
def _grouped(pieces: Sequence[Piece], hinted: set[int], posts: set[int]) -> list[Comment]:
    """One comment for each name, date or name with date; a name and a date beside each other are one byline. What
    stands over the day of a post is a name, whatever its words.
    """
    found: list[Comment] = []
    places = _places_of_names(pieces, hinted)
    for i, piece in enumerate(pieces):
        if piece.cell is not None or (piece.aside and i not in hinted):
            continue
        last = found[-1] if found else None
        touching = last is not None and all(is_action(pieces[n].text) for n in range(last.bylines[-1] + 1, i))
        named = last is not None and touching and last.author and not last.date and not last.start
        byline = (named and i in hinted and _facts(piece)) or _byline(piece, alone=i not in hinted)
        if byline is None and i in hinted and place_of(piece.element) in places and not _announces(piece):
            byline = _parsed(piece.text, by_author=True, in_comments=True)  # "một người dân" where others have names
        byline = byline or (_of_post(piece) if i in posts else None)
        if not byline:
            continue
        above = i in hinted and i - 1 in hinted and not byline.name and not (last and last.bylines[-1] == i - 1)
        if above and (i - 1 in posts or _calls_itself(pieces[i - 1])):
            found.append(Comment(pieces[i - 1].text, byline.date, [i - 1, i]))
            continue
        if last and not byline.end and _completes(last, byline, touching):
            last.author = ", ".join(part for part in (last.author, byline.name) if part)
            last.date = last.date or byline.date
            last.bylines.append(i)
            continue
        found.append(Comment(byline.name, byline.date, [i], start=byline.end, is_written=byline.is_written))
    return found


def _places_of_names(pieces: Sequence[Piece], hinted: set[int]) -> set[_Place]:
    """The places in which a page, among its comments, nearly always writes the name of somebody."""
    texts = Counter(place_of(p.element) for i, p in enumerate(pieces) if i in hinted and p.cell is None)
    bylines = [p for i, p in enumerate(pieces) if i in hinted and (b := _byline(p, alone=False)) and b.name]
    named = Counter(place_of(p.element) for p in bylines)
    return {place for place, n in named.items() if n >= _LEAST_NAMED and n > _MOST_PLACES * texts[place]}


def place_of(element: Any) -> _Place:
    """The tags and classes of an element and of the one around it, the same in all records of a page."""
    return tuple((e.tag, e.get("class") or "") for e, _ in zip(ancestry(element), range(2), strict=False))


def _completes(last: Comment, byline: _Byline, touching: bool) -> bool:
    """Whether a byline adds the date or the name that the one before lacks."""
    if not byline.name:
        return not last.date or not byline.date
    described = byline.is_dated and not last.date and not is_name(_PARTS.split(byline.name)[0])
    return touching and (not last.author or described)


def _facts(piece: Piece) -> _Byline | None:
    """What stands right below a name with a date: what the writer is, where he lives ("nurse, Upper Town · 3 May")."""
    known = _parsed(piece.text, by_author=True) if len(piece.text) <= LONGEST_BYLINE else None
    return known if known and known.is_dated else None


def _calls_itself(piece: Piece) -> bool:
    """Whether the heading over a date is what its writer calls himself ("Green Thumb 77"), though no name."""
    words = piece.text.split()
    proper = all(w[0].isupper() or w[0].isdigit() for w in words) and words[0][0].isalpha()
    return proper and len(words) <= _PSEUDONYM_WORDS and _heading_level(piece) is not None and not _announces(piece)


def _byline(piece: Piece, *, alone: bool) -> _Byline | None:
    """The byline that a piece is, or begins with; ``alone``: nothing announces comments, so a date must be there."""
    text = piece.text
    if is_action(text) and any(c.isalpha() for c in text):
        return None  # "Thích · Trả lời", which is written like a name
    inline = _INLINE.match(text)
    lead = _lead(piece.element)
    if len(text) <= LONGEST_BYLINE:
        known = _parsed(text, by_author=is_author(piece.element) and not alone, in_comments=not alone)
        if known and (known.is_dated or known.is_written or not alone):
            return known
    if inline and not alone and ((lead and inline["head"].startswith(lead.rstrip(" :"))) or _parsed(inline["head"])):
        known = _parsed(inline["head"], by_author=True)
        return known and _Byline(known.name, known.date, known.is_dated, known.is_written, inline.end())
    if lead and not alone and lead != text and is_name(lead.strip(SEPARATORS)) and is_author(piece.element):
        return _Byline(lead.strip(SEPARATORS), "", False, False, text.find(lead) + len(lead))
    return None


def _parsed(text: str, *, by_author: bool = False, in_comments: bool = False) -> _Byline | None:
    """Name and date of a line that holds nothing else."""
    rest, date, is_dated = without_date(text)
    rest, is_written = _without_cue(rest.strip(SEPARATORS))
    rest = rest.strip(SEPARATORS)
    if not rest:
        return _Byline("", date, True) if is_dated else None
    if rest.endswith((".", "?", "!")) and not is_name(rest):
        return None
    first = _PARTS.split(rest)[0].strip()
    named = is_name(first) or strip_marks(first) in folded("signature", "nobody")
    handle = in_comments and _HANDLE.fullmatch(first) is not None
    single = len(first.split()) == 1 and ((first[:1].isupper() and (is_dated or by_author or is_written)) or handle)
    if not (named or single or (by_author and len(rest.split()) <= 12)):
        return None
    return _Byline(rest, date, is_dated, is_written)


def _without_cue(text: str) -> tuple[str, bool]:
    """Without "Posted by" before the name and "wrote" behind it; whether there was one."""
    plain = fold(text)
    before = _cue("posted").match(plain.text)
    if before:
        return text[plain.original(*before.span())[1] :], True
    behind = _wrote().search(plain.text)
    return (text[: plain.original(*behind.span())[0]], True) if behind else (text, False)


@cache
def _cue(name: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, folded("web", name)), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?:\s*:\s*|\s+)(?=\S)")


@cache
def _wrote() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, folded("web", "wrote")), key=len, reverse=True))
    return re.compile(rf"\s(?:{words})\W*$")


def _lead(element: Any) -> str:
    """The words in bold, in a link or in a span with which an element begins."""
    if (element.text or "").strip() or not len(element):
        return ""
    first = element[0]
    if first.tag not in ("b", "strong", "a", "cite", "span", "em", "i"):
        return ""
    return re.sub(r"\s+", " ", "".join(first.itertext())).strip()


def is_author(element: Any) -> bool:
    """Whether an element, one in it or one close around it is named after those who write."""
    around = [e for e, _ in zip(ancestry(element), range(3), strict=False)]
    inside = list(itertools.islice((e for e in element.iter() if isinstance(e.tag, str)), 4))
    named = any(_AUTHOR_NAMES.search(_names(e)) for e in (*around[:2], *inside))
    return named or any(e.tag in ("cite", "address", "dt") for e in (*around, *inside))


def is_action(text: str) -> bool:
    """Links and counts below a comment ("Reply", "Like (3)")."""
    words = " ".join(strip_marks(re.sub(r"[\d()·•|/.:+-]+", " ", text)).split())
    return not words or _actions().fullmatch(words) is not None


@cache
def _actions() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, folded("web", "actions")), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?: (?:{words}))*")


def _is_removed(text: str) -> bool:
    plain = strip_marks(text)
    return len(plain.split()) <= 15 and any(phrase in plain for phrase in folded("web", "removed"))


# ---- what was written ------------------------------------------------------------------------------
def _fill(found: list[Comment], pieces: Sequence[Piece]) -> None:
    """Give each comment its words: what else its record holds, or what follows its byline."""
    bylines = {i for c in found for i in c.bylines if not c.start}
    chains = [tuple(ancestry(p.element)) for p in pieces]  # held, because lxml makes a new object when asked again
    held: dict[int, list[int]] = defaultdict(list)  # the places of the pieces in each element
    for i, chain in enumerate(chains):
        for element in chain:
            held[id(element)].append(i)
    counts = Counter(e for c in found for e in {id(e) for i in c.bylines for e in chains[i]})
    shared = {e for e, count in counts.items() if count > 1}
    for n, comment in enumerate(found):
        record = _record(comment.bylines[0], chains, shared)
        inside = [i for i in held[id(record)] if i not in bylines]
        following = found[n + 1].bylines[0] if n + 1 < len(found) else len(pieces)
        if comment.start:
            inside = [i for i in inside if i >= comment.bylines[0]] or [comment.bylines[0]]
        elif not [i for i in inside if not is_action(pieces[i].text)]:
            inside = list(_below(comment.bylines[-1] + 1, following, record, pieces))
        written = [i for i in inside if _is_written(pieces[i], record)]
        own = [i for i in written if not _is_quoted(pieces[i], record)]
        comment.body = own or written
        comment.is_reply = n > 0 and any(_REPLY_NAMES.search(_names(e)) for e in chains[comment.bylines[0]])
        if comment.start:
            comment.bylines = [i for i in comment.bylines if i not in comment.body[:1]] or comment.bylines


def _record(place: int, chains: Sequence[tuple[Any, ...]], shared: set[int]) -> Any:
    """The largest element around a byline that holds no other byline; alone on its page, none that begins before it."""
    taken = shared or {id(e) for e in chains[place - 1]} if place else shared
    inside = list(itertools.takewhile(lambda e: id(e) not in taken and e.tag != "body", chains[place]))
    return inside[-1] if inside else chains[place][0]


def _below(start: int, end: int, record: Any, pieces: Sequence[Piece]) -> Iterator[int]:
    """The pieces behind a byline beside its element, up to the next byline, a heading or a control."""
    around = record.getparent()
    for i in range(start, end):
        piece = pieces[i]
        if _heading_level(piece) is not None or (around is not None and around not in ancestry(piece.element)):
            return
        yield i


def _is_quoted(piece: Piece, record: Any) -> bool:
    """Whether a piece of a record is a quotation: what another wrote, which the comment answers."""
    inner = itertools.takewhile(lambda e: e is not record, ancestry(piece.element))
    return any(e.tag == "blockquote" or _QUOTE_NAMES.search(_names(e)) for e in inner)


def _is_written(piece: Piece, record: Any) -> bool:
    """No link, no count and no form."""
    inner = []
    for element in ancestry(piece.element):
        if element is record:
            break
        inner.append(element.tag)
    return not _CONTROLS & set(inner) and not is_action(piece.text)
