"""Requests looked at again by the trained model."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from feedback_synth.analysis import encoders, requests
from feedback_synth.datamodel.opinion import Author, Opinion
from feedback_synth.heads import Head, Prediction


def opinion(text: str, language: str, evidence: str = "") -> Opinion:
    return Opinion(f"s/{text}", "s", (), text, Author(), language, "other", evidence)


@pytest.fixture(scope="module")
def encode() -> encoders.Encoder:
    return encoders.load(threads=1)


@pytest.mark.parametrize(
    ("language", "text", "request_"),
    [
        ("vi", "Đề nghị bổ sung quy định về xe đưa đón học sinh.", "add"),
        ("vi", "Bỏ khoản 4 vì trùng với khoản 2.", "delete"),
        ("vi", "Kinh phí này do cơ quan nào quản lý?", "question"),
        ("en", "Replace 70% by 80% in point b.", "amend"),
        ("en", "Please consider whether the date can be moved.", "consider"),
        ("en", "The roof leaks and the pupils sit in the corridor.", "difficulty"),
        ("fr", "Il faut préciser qui paie les cuisinières.", "clarify"),
        ("fr", "D'accord avec le projet, sous réserve de corriger les annexes.", "agree_with_remarks"),
    ],
)
def test_plain_requests(encode: encoders.Encoder, language: str, text: str, request_: str) -> None:
    refined = requests.refine([opinion(text, language)], encode)[0]
    assert refined.request == request_
    assert refined.request_evidence.startswith("model: ")


def test_structure_stands_and_order_is_kept(encode: encoders.Encoder) -> None:
    certain = opinion("Bổ sung một điều mới.", "vi", "structure: tracked deletion")
    free = opinion("Add a new article.", "en")
    refined = requests.refine([certain, free, certain], encode)
    assert refined[0] == certain == refined[2]
    assert refined[1].request == "add" and refined[1].id == free.id


def test_a_cue_counts_beside_what_the_model_finds() -> None:
    labels = ("add", "amend", "delete")
    head = cast(Head, SimpleNamespace(labels=labels))
    torn = Prediction((0.65, 0.3, 0.05), "add", ("chốt",))
    chosen = {r: requests._choose(replace(opinion("Chốt.", "vi"), request=r), head, torn).request for r in labels}
    assert chosen == {"add": "add", "amend": "amend", "delete": "add"}


def test_without_its_encoder_everything_stays() -> None:
    given = (opinion("Add a new article.", "en"),)
    assert requests.refine(given) == given
    assert requests.refine(given, encoders.load("hashing")) == given
    assert requests.refine((), encoders.load("hashing")) == ()
