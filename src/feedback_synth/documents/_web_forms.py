"""Forms of web pages: which hold words of the page, and what somebody filled in."""

from __future__ import annotations

from typing import Any

FIELDS = ("input", "textarea", "select")
_TYPED = frozenset(("", "text", "email", "tel", "url", "number", "date", "datetime-local", "month", "time"))
_TICKED = frozenset(("checkbox", "radio"))
_MOST = 0.5  # share of a page's words from which a form holds the page, as some portals wrap each page into one
_LEAST_FILLED = 2  # fields with words from which a form was filled in; a search box is one


def holding(root: Any) -> list[Any]:
    """The forms whose words are to be read: those that hold most of the page, and those that were filled in; the body
    of a page whose filled fields stand in no form.
    """
    body = root.find(".//body")
    body = body if body is not None else root
    forms = list(root.iter("form"))
    if not forms:
        return [body] if _is_filled_in(body) else []
    whole = _size(body)
    return [f for f in forms if _size(f) >= _MOST * whole or _is_filled_in(f)]


def words(field: Any) -> list[str]:
    """What a field shows, with "\\n" where a line ends; each line of a text area is a paragraph."""
    shown = _value(field)
    if field.tag != "textarea":
        return [f" {shown} "] if shown else []
    return [part for line in shown.split("\n") if line.strip() for part in ("\n", "\n", line, "\n", "\n")]


def _value(field: Any) -> str:
    """The words of a field, a ticked or an empty box, the chosen entry; "" for buttons and hidden fields."""
    if field.tag == "textarea":
        return field.text or ""
    if field.tag == "select":
        chosen = next((o for o in field.iter("option") if o.get("selected") is not None), None)
        return "".join(chosen.itertext()).strip() if chosen is not None else ""
    kind = (field.get("type") or "").lower()
    if kind in _TICKED:
        return "☑" if field.get("checked") is not None else "☐"
    return (field.get("value") or "").strip() if kind in _TYPED else ""


def _size(element: Any) -> int:
    """How many words an element shows, without entries to choose from."""
    unseen = sum(len("".join(e.itertext()).split()) for e in element.iter("script", "style", "noscript", "option"))
    return max(0, len("".join(element.itertext()).split()) - unseen)


def _is_filled_in(form: Any) -> bool:
    fields = [f for f in form.iter("input", "textarea", "select") if (f.get("type") or "").lower() not in _TICKED]
    return any(f.tag == "textarea" and _value(f).strip() for f in fields) or (
        sum(bool(_value(f)) for f in fields) >= _LEAST_FILLED
    )
