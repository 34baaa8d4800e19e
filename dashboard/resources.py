"""The one place that opens the store for the dashboard, and keeps what is worth keeping between reruns.

Every cache is keyed on the store (its path and version) and plain parameters, never on a frame: Streamlit
hashes a large frame from a sample of it. Whatever it holds is read-only and shared by all readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

import analytics.audit
import analytics.coverage
import analytics.history
import analytics.profile
import analytics.provenance
import analytics.ranking
import analytics.standing
import analytics.trend
from analytics.answer import Answer
from analytics.standing import Distance
from dashboard import selection
from data import frames as data_frames
from data.frames import Frames
from data.names import Names
from data.store import Store, default_path

_VERSIONS = 2  # the data as they are, and as they were for a rerun still under way
_ANSWERS = 256
_INDICES = 8  # more than there are: each is a frame of some megabytes


@dataclass(frozen=True, slots=True, eq=False)
class Resources:
    """The data as they are now. `key` names them and changes with every build, import and undo."""

    key: str
    frames: Frames
    names: Names

    def opening_year(self, index: str) -> int:
        """The edition that an index opens with."""
        return _opening_year(self.key, index, self.frames)

    def ranking(self, index: str, year: int, component: str, region: str | None = None) -> Answer:
        """`analytics.ranking.ranking`, kept."""
        return _ranking(self.key, index, year, component, region, self.frames)

    def density(self, index: str, year: int, unit: str, component: str) -> dict[str, Any] | None:
        """`analytics.ranking.density`, kept."""
        return _density(self.key, index, year, unit, component, self.frames)

    def overtaking(self, index: str, year: int, unit: str, component: str) -> pl.DataFrame:
        """`analytics.ranking.overtaking`, kept."""
        return _overtaking(self.key, index, year, unit, component, self.frames)

    def ranked(self, index: str) -> pl.DataFrame:
        """`analytics.ranking.ranked`, kept: every figure of an index."""
        return _ranked(self.key, index, self.frames)

    def pieces(self, index: str, value: str) -> pl.DataFrame:
        """`analytics.trend.pieces` of every figure of an index, kept."""
        return _pieces(self.key, index, value, self.frames)

    def region_median(self, index: str, region: str, value: str) -> pl.DataFrame:
        """`analytics.trend.median_pieces` of a region of the 63, kept."""
        return _region_median(self.key, index, region, value, self.frames)

    def coverage(self, index: str) -> Answer:
        """`analytics.coverage.coverage`, kept."""
        return _coverage(self.key, index, self.frames)

    def history(self, unit: str, index: str, component: str | None = None) -> Answer:
        """`analytics.history.history`, kept."""
        return _history(self.key, unit, index, component, self.frames)

    def distance(self, index: str, year: int, unit: str) -> Distance | None:
        """`analytics.standing.distance`, kept."""
        return _distance(self.key, index, year, unit, self.frames)

    def profile(self, index: str, year: int, unit: str) -> Answer | None:
        """`analytics.profile.profile` of `year`, or of the edition that stands in for it; kept."""
        return _profile(self.key, index, year, unit, self.frames)

    def orders(self, index: str, year: int) -> pl.DataFrame:
        """`analytics.profile.orders`, kept."""
        return _orders(self.key, index, year, self.frames)

    def provenance(self, index: str, year: int, unit: str, component: str) -> Answer:
        """`analytics.provenance.provenance`, kept."""
        return _provenance(self.key, index, year, unit, component, self.frames)

    def audit(self, index: str) -> Answer:
        """`analytics.audit.audit` of every edition, kept: it takes seconds where there are weights to recover."""
        return _audit(self.key, index, self.frames)


def resources() -> Resources:
    """The data as they are now: a store that was written to since the last rerun is read anew."""
    path = str(default_path())
    store = _store(path)
    store.refresh()
    key = f"{path}:{store.version}"
    frames = _frames(key, store)
    return Resources(key, frames, _names(key, frames))


@st.cache_resource(show_spinner=False, max_entries=4)
def _store(path: str) -> Store:
    return Store.open(Path(path))


@st.cache_resource(show_spinner=False, max_entries=_VERSIONS)
def _frames(key: str, _store: Store) -> Frames:
    return data_frames.load(_store)


@st.cache_resource(show_spinner=False, max_entries=_VERSIONS)
def _names(key: str, _frames: Frames) -> Names:
    return Names.of(_frames)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _opening_year(key: str, index: str, _frames: Frames) -> int:
    return selection.opening_year(_frames, index)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _ranking(key: str, index: str, year: int, component: str, region: str | None, _frames: Frames) -> Answer:
    return analytics.ranking.ranking(_frames, index, year, component, region)


@st.cache_resource(show_spinner=False, max_entries=_INDICES * _VERSIONS)
def _ranked(key: str, index: str, _frames: Frames) -> pl.DataFrame:
    return analytics.ranking.ranked(_frames, _frames.index(index))


@st.cache_resource(show_spinner=False, max_entries=3 * _INDICES * _VERSIONS)
def _pieces(key: str, index: str, value: str, _frames: Frames) -> pl.DataFrame:
    return analytics.trend.pieces(_ranked(key, index, _frames), _frames.index(index), value)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _region_median(key: str, index: str, region: str, value: str, _frames: Frames) -> pl.DataFrame:
    units = _frames.unit.filter(unit_set="63", region=region)
    return analytics.trend.median_pieces(_ranked(key, index, _frames), _frames.index(index), units, value)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _coverage(key: str, index: str, _frames: Frames) -> Answer:
    return analytics.coverage.coverage(_frames, index)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _density(key: str, index: str, year: int, unit: str, component: str, _frames: Frames) -> dict[str, Any] | None:
    return analytics.ranking.density(_frames, index, year, unit, component)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _overtaking(key: str, index: str, year: int, unit: str, component: str, _frames: Frames) -> pl.DataFrame:
    return analytics.ranking.overtaking(_frames, index, year, unit, component)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _history(key: str, unit: str, index: str, component: str | None, _frames: Frames) -> Answer:
    return analytics.history.history(_frames, unit, index, component)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _distance(key: str, index: str, year: int, unit: str, _frames: Frames) -> Distance | None:
    return analytics.standing.distance(_frames, index, year, unit)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _profile(key: str, index: str, year: int, unit: str, _frames: Frames) -> Answer | None:
    shown = analytics.profile.profile_year(_frames, index, year, unit)
    return None if shown is None else analytics.profile.profile(_frames, index, shown, unit)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _orders(key: str, index: str, year: int, _frames: Frames) -> pl.DataFrame:
    return analytics.profile.orders(_frames, index, year)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _provenance(key: str, index: str, year: int, unit: str, component: str, _frames: Frames) -> Answer:
    return analytics.provenance.provenance(_frames, index, year, unit, component)


@st.cache_resource(show_spinner=False, max_entries=_ANSWERS)
def _audit(key: str, index: str, _frames: Frames) -> Answer:
    return analytics.audit.audit(_frames, index)
