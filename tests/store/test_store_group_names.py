"""Content groups as people name them, at the command line and in the cells of a table."""

from __future__ import annotations

import pytest

from feedback_synth.store.group_names import group_names, named


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("funding", "funding"),
        ("Kinh phí, nguồn vốn", "funding"),
        ("KINH PHÍ", "funding"),
        ("nguồn vốn", "funding"),
        ("kinh phi", "funding"),
        ("tâches", "tasks_solutions"),
        ("Indicators", "indicators"),
        ("khó khăn vướng", ""),
        ("nội dung", ""),
        ("và", ""),
        ("", ""),
    ],
)
def test_a_group_has_its_names_and_the_parts_that_are_its_alone(words: str, key: str):
    assert named(words, group_names()) == key


def test_a_group_that_a_team_taught_has_its_name_and_a_part_of_two_means_none():
    names = group_names(["y tế, kinh phí", "funding"])
    assert named("y tế, kinh phí", names) == named("y tế", names) == "y tế, kinh phí"
    assert named("kinh phí", names) == "" and named("Kinh phí, nguồn vốn", names) == "funding"
