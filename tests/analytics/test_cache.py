from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from analytics.core.ranking import ranked
from data.frames import Frames
from tests import sample


def test_the_same_question_is_answered_once_and_another_anew(frames: Frames) -> None:
    pci = frames.index("pci")
    assert ranked(frames, pci) is ranked(frames, pci)
    assert ranked(frames, frames.index("papi")) is not ranked(frames, pci)


def test_a_variant_of_an_index_is_not_taken_for_the_frames_own() -> None:
    toy = sample.index({"a": 0.5, "b": 0.5})
    asked = sample.frames(toy, sample.random_scores(toy))
    heavier = replace(toy.regimes[0], weights={"a": 0.9, "b": 0.1})
    variant = replace(toy, regimes=(heavier,))
    values = [ranked(asked, index).filter(component="a")["unit_value"][0] for index in (toy, variant, toy)]
    assert values == [5.0, 9.0, 5.0]


def test_nothing_is_remembered_longer_than_the_frames_live() -> None:
    toy = sample.index({"a": 1.0})
    asked = sample.frames(toy, sample.random_scores(toy))
    ranked(asked, toy)
    gone = weakref.ref(asked)
    del asked
    gc.collect()
    assert gone() is None
