"""The trained judge of outcomes: it weighs what no literal check decides, and promises nothing lightly."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_synth import config
from feedback_synth.analysis import _outcomes
from feedback_synth.analysis._changes import Gain, Gains, Overlap
from feedback_synth.analysis._demand import Demand
from feedback_synth.analysis._evidence import Evidence, Where
from feedback_synth.analysis._weigh import Verdict
from feedback_synth.datamodel.comparison import Change
from feedback_synth.errors import ConfigError

OUTCOMES = ("full", "none", "opposite", "partial")


def judge(**biases: float) -> _outcomes.Judge:
    """A judge that knows but one sign, and says what its biases say."""
    one = np.ones(1)
    bias = np.array([biases.get(outcome, -9.0) for outcome in OUTCOMES])
    return _outcomes.Judge("none", OUTCOMES, ("link",), 0 * one, one, np.zeros((1, 4)), bias)


def change(text: str) -> Gain:
    made = Change("modified", True, "4", "4", "4", "4", "", text, ())
    return Gain("resolution", "en", made, frozenset(text.split()), frozenset(), (), (), "", "")


def gains(*texts: str) -> Gains:
    found = tuple(change(text) for text in texts)
    empty = Overlap([g.gained for g in found], lambda _: 1.0)
    return Gains(found, lambda _: 1.0, empty, empty, empty)


def seen(place: list[float]) -> tuple[Demand, Where, Evidence]:
    demand = Demand("o", "open a second clinic", "en", "add", (), (), (), frozenset(), ("clinic",))
    zero, at = np.zeros(len(place)), np.array(place)
    return demand, Where({("resolution", "4"): 0.8}), Evidence(zero, zero, zero, zero, at)


def weighed(before: Verdict, place: list[float], **biases: float) -> Verdict:
    demand, where, evidence = seen(place)
    changes = gains(*(f"change {i}" for i in range(len(place))))
    return _outcomes.weighed(judge(**biases), [demand], [where], changes, [evidence], [before])[0]


UNCHANGED = Verdict("none", 0.7, (), False, "unchanged")


def test_an_open_verdict_becomes_the_likeliest_outcome_and_shows_the_change_in_its_place() -> None:
    found = weighed(UNCHANGED, [0.0, 0.8], full=3.0, none=0.0)
    assert (found.outcome, found.reason) == ("full", "weighed")
    assert [g.change.new_text for g in found.gains] == ["change 1"]


def test_full_needs_a_clear_lead_over_none() -> None:
    assert weighed(UNCHANGED, [0.8], full=0.5, none=0.2).outcome == "none"
    assert weighed(UNCHANGED, [0.8], full=0.5, none=0.2, partial=0.4).outcome == "partial"


def test_what_is_close_is_for_people() -> None:
    assert weighed(UNCHANGED, [0.8], none=0.1, partial=0.0).unsure
    assert not weighed(UNCHANGED, [0.8], none=3.0).unsure


@pytest.mark.parametrize(
    "certain",
    [
        Verdict("none", 0.9, (), False, "edit"),
        Verdict("full", 0.9, (), False, "figure"),
        Verdict("opposite", 0.8, (), False, "figure"),
    ],
)
def test_literal_checks_stand(certain: Verdict) -> None:
    assert weighed(certain, [0.8], partial=5.0) == certain


def test_a_difficulty_that_nothing_answers_stays_not_applicable() -> None:
    before = Verdict("not_applicable", 0.7, (), False, "unchanged")
    assert weighed(before, [0.8], none=5.0).outcome == "not_applicable"


def test_without_changes_the_rules_stand() -> None:
    demand, where, evidence = seen([])
    assert _outcomes.weighed(judge(full=9.0), [demand], [where], gains(), [evidence], [UNCHANGED]) == [UNCHANGED]


@given(st.lists(st.dictionaries(st.sampled_from(["link", "unknown sign"]), st.floats(-50, 50)), min_size=1, max_size=9))
def test_chances_add_up(rows: list[dict[str, float]]) -> None:
    shipped = _outcomes.load(config.models_folder() / "outcomes")
    chances = shipped.chances(rows)
    assert chances.shape == (len(rows), len(shipped.outcomes))
    assert np.allclose(chances.sum(axis=1), 1.0)


@pytest.mark.parametrize(
    "damage", ["{}", "not json", "[]", '{"mean": [1], "scale": [1], "weights": [[1]], "bias": [1, 2]}']
)
def test_a_damaged_judge_is_refused(tmp_path: Path, damage: str) -> None:
    (tmp_path / "judge.json").write_text(damage)
    with pytest.raises(ConfigError, match="damaged"):
        _outcomes.load(tmp_path)


def test_a_missing_judge_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="missing"):
        _outcomes.load(tmp_path)


def test_the_shipped_judge_fits_the_shipped_encoder() -> None:
    about = json.loads((config.models_folder() / "outcomes" / "judge.json").read_text(encoding="utf-8"))
    heads = json.loads((config.models_folder() / "groups" / "head.json").read_text(encoding="utf-8"))
    assert about["encoder"] == heads["encoder"]
