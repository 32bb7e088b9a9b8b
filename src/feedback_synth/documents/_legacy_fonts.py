"""Vietnamese in the encodings before Unicode, TCVN3 ("ABC") and VNI, told by the font or by the characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Encoding = Literal["TCVN3", "VNI", ""]

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_VOWELS = {
    "a": {"ù": "á", "ø": "à", "û": "ả", "õ": "ã", "ï": "ạ", "â": "â", "á": "ấ", "à": "ầ", "å": "ẩ", "ã": "ẫ", "ä": "ậ",
          "ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"},
    "e": {"ù": "é", "ø": "è", "û": "ẻ", "õ": "ẽ", "ï": "ẹ", "â": "ê", "á": "ế", "à": "ề", "å": "ể", "ã": "ễ", "ä": "ệ"},
    "o": {"ù": "ó", "ø": "ò", "û": "ỏ", "õ": "õ", "ï": "ọ", "â": "ô", "á": "ố", "à": "ồ", "å": "ổ", "ã": "ỗ", "ä": "ộ"},
    "u": {"ù": "ú", "ø": "ù", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "y": {"ù": "ý", "ø": "ỳ", "û": "ỷ", "õ": "ỹ"},
    "ô": {"": "ơ", "ù": "ớ", "ø": "ờ", "û": "ở", "õ": "ỡ", "ï": "ợ"},
    "ö": {"": "ư", "ù": "ứ", "ø": "ừ", "û": "ử", "õ": "ữ", "ï": "ự"},
    "æ": {"": "ỉ"}, "ó": {"": "ĩ"}, "ò": {"": "ị"}, "î": {"": "ỵ"}, "ñ": {"": "đ"},
}  # fmt: skip
_VNI = {
    before: after
    for base, marks in _VNI_VOWELS.items()
    for mark, letter in marks.items()
    for before, after in (
        (base + mark, letter),
        (base.upper() + mark, letter.upper()),
        (base.upper() + mark.upper(), letter.upper()),
    )
}
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_UNICODE = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")  # letters that neither encoding uses
_LETTER = re.compile(r"[^\W\d_]|[\xa1-\xff]")
_TCVN3_SIGN = re.compile(
    "(?<=[A-Za-z\xb5-\xff])[®©ª«¬\xadµ¶·¸¹»¼½¾¨](?=[A-Za-z])|(?<=[A-Za-z])[©ª«¬\xad¸¨](?=[\xb5-\xff])"
)
_VNI_SIGN = re.compile("[aeo][âáàåãä]|[aeouôöy][ùøûõï]|a[êéèúüë]|[ñö](?=[a-zA-Z])")
_VNI_SURE = re.compile("[ñöÑÖ]")  # đ and ư, which no long text does without and other languages rarely write beside ø
_LEAST_SHARE = 0.04
_LEAST_SIGNS = 3


@lru_cache(maxsize=1024)
def encoding_of(font: str) -> Encoding:
    """The encoding that a font of this name is for; "" for a Unicode font."""
    name = font.lower().lstrip("@")
    name = name.partition("+")[2] or name  # subset fonts of PDF: "ABCDEF+.VnTime"
    if name.startswith(".vn"):
        return "TCVN3"
    return "VNI" if name.startswith("vni-") else ""


def convert(text: str, font: str) -> str:
    """Text set in ``font`` as Unicode; text that is Unicode already, or in another font, as it is."""
    encoding = encoding_of(font)
    if not encoding or _UNICODE.search(text):
        return text
    out = decode(text, encoding)
    is_capitals = encoding == "TCVN3" and font.rstrip().lower().partition(",")[0].endswith("h")
    return out.upper() if is_capitals else out


def decode(text: str, encoding: Encoding, *, keep_length: bool = False) -> str:
    """``text`` read in one of the encodings; with ``keep_length`` a letter of two characters is followed by "\\0"."""
    text = "".join(chr(ord(c) - 0xF000) if "\uf020" <= c <= "\uf0ff" else c for c in text)
    if encoding == "TCVN3":
        return "".join(_TCVN3.get(c, c) for c in text)
    if encoding != "VNI":
        return text
    return _VNI_PATTERN.sub(lambda m: _VNI[m[0]].ljust(len(m[0]) if keep_length else 1, "\0"), text)


def detect(text: str) -> Encoding:
    """The encoding that the characters themselves show, for text without fonts; "" when it is Unicode or too short."""
    if _UNICODE.search(text):
        return ""
    letters = len(_LETTER.findall(text))
    tcvn3, vni = len(_TCVN3_SIGN.findall(text)), len(_VNI_SIGN.findall(text))
    if max(tcvn3, vni) < max(_LEAST_SIGNS, _LEAST_SHARE * letters):
        return ""
    if tcvn3 >= vni:
        return "TCVN3"
    return "VNI" if _VNI_SURE.search(text) and len(set(_VNI_SIGN.findall(text))) >= _LEAST_SIGNS else ""
