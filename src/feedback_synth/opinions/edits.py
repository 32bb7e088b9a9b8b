"""Changes of words that an opinion dictates: replace "A" by "B", delete "A", insert "B" after "A"."""

from __future__ import annotations

import re

from feedback_synth.datamodel.opinion import Edit

_Q = r"[“\"«‘']\s*(?P<{0}>[^“”\"«»]{{1,400}}?)\s*[”\"»’']"
_NOUN = (
    r"(?:\s*(?:cụm từ|các từ|từ ngữ|từ|chữ|câu|đoạn|nội dung|số|mức|tên"
    r"|the (?:word|words|phrase|sentence|figure|term)s?"
    r"|(?:le|les|la|l['’])\s*(?:mots?|termes?|expression|phrase|membre de phrase|formule)))?\s*:?\s*"
)
_A, _B = _Q.format("a"), _Q.format("b")
_GAP = r"[^“”\"«»;.]{0,60}?"

_REPLACE = (
    rf"(?:thay thế|thay|sửa lại|sửa|đổi|chuyển|điều chỉnh|chỉnh sửa){_GAP}{_NOUN}{_A}"
    rf"\s*(?:bằng|thành|sang|là)(?:\s*là)?{_NOUN}{_B}",
    rf"(?:replace|substitute|change|amend|correct){_GAP}{_NOUN}{_A}\s*(?:with|by|to|into){_NOUN}{_B}",
    rf"(?:remplacer|modifier|changer|corriger){_GAP}{_NOUN}{_A}\s*(?:par|en){_NOUN}{_B}",
    rf"(?:thay vì|instead of|au lieu de|rather than|in place of){_NOUN}{_A}{_GAP}"
    rf"(?:viết|ghi|nên là|write|read|say|put|écrire|mettre|lire){_NOUN}{_B}",
    rf"{_B}\s*(?:instead of|rather than|in place of|au lieu de|plutôt que|thay vì|thay cho){_NOUN}{_A}",
)
_INSERT = (
    rf"(?:bổ sung thêm|bổ sung|thêm|chèn|ghi thêm){_GAP}{_NOUN}{_B}{_GAP}(?:vào\s+)?(?:ngay\s+)?sau{_NOUN}{_A}",
    rf"(?:add|insert|include){_NOUN}{_B}{_GAP}after{_NOUN}{_A}",
    rf"(?:ajouter|insérer|intercaler){_NOUN}{_B}{_GAP}après{_NOUN}{_A}",
    rf"(?:sau|after|après){_NOUN}{_A}\s*,?\s*(?:bổ sung thêm|bổ sung|thêm|add|insert|ajouter|insérer){_NOUN}{_B}",
)
_DELETE = (
    rf"(?:lược bỏ|bãi bỏ|loại bỏ|gạch bỏ|bỏ|xóa|cắt){_NOUN}{_A}",
    rf"(?:delete|remove|drop|strike out|strike|omit|take out){_NOUN}{_A}",
    rf"(?:supprimer|retirer|enlever|biffer|ôter|rayer){_NOUN}{_A}",
)
_ADD = (
    rf"(?:bổ sung thêm|bổ sung|thêm|ghi thêm|chèn)(?:\s*(?:vào|thêm))?{_NOUN}{_B}",
    rf"(?:add|insert){_NOUN}{_B}",
    rf"(?:ajouter|insérer){_NOUN}{_B}",
)


def edits(text: str) -> tuple[Edit, ...]:
    """The literal changes that ``text`` asks for, in order; a stretch of words makes one edit only."""
    found: list[tuple[int, int, Edit]] = []
    for kind, patterns in (("replace", _REPLACE), ("insert", _INSERT), ("delete", _DELETE), ("insert", _ADD)):
        for pattern in patterns:
            for match in re.finditer(pattern, text, re.IGNORECASE):
                if not any(a < match.end() and match.start() < b for a, b, _ in found):
                    found.append((match.start(), match.end(), _edit(kind, match.groupdict())))
    return tuple(edit for _, _, edit in sorted(found, key=lambda f: f[0]))


def _edit(kind: str, words: dict[str, str | None]) -> Edit:
    old, new = words.get("a") or "", words.get("b") or ""
    if kind == "replace":
        return Edit("replace", old, new)
    return Edit("delete", old) if kind == "delete" else Edit("insert", old, new)
