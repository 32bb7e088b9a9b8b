import pytest

from feedback_synth.languages.detection import detect


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Đề nghị bổ sung lộ trình thực hiện từng năm.", "vi"),
        ("The province should state a deadline for each of the targets.", "en"),
        ("Il conviendrait de préciser la source des crédits.", "fr"),
        ("Nhất trí", "vi"),
    ],
)
def test_a_sentence_tells_its_language(sentence: str, code: str) -> None:
    assert detect(sentence) == code


@pytest.mark.parametrize("text", ["", "70%", "228/327", "OK"])
def test_what_tells_nothing_gets_the_default(text: str) -> None:
    assert detect(text, "fr") == "fr"
