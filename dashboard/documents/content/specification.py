"""The specification of a conference pack: what page and command fill in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import get_args

from analytics.core.asker import Asker
from analytics.core.edition import check_top, check_unit
from analytics.weakness.weakness import Against
from dashboard.subject import Subject
from data.frames import Frames
from data.names import PROVINCES, Names, set_of
from data.text import Language, Problem, Text


class Section(StrEnum):
    """A part of the pack; in the order of its parts."""

    SUMMARY = "summary"
    HISTORY = "history"
    COMPONENTS = "components"
    GRID = "grid"
    CHANGE = "change"
    GAPS = "gaps"
    INDICATORS = "indicators"
    NEIGHBOURS = "neighbours"
    ROUTES = "routes"
    PRECEDENTS = "precedents"
    METHOD = "method"


EVERYTHING = tuple(Section)
# A deck that can be shown in a quarter of an hour.
SHORT = (Section.SUMMARY, Section.HISTORY, Section.COMPONENTS, Section.CHANGE, Section.GAPS, Section.ROUTES)


@dataclass(frozen=True, slots=True)
class Specification:
    """What a pack covers: a province, indices, an edition, comparators, parts, and the language.

    `province` is a unit's code (`resolved` takes any spelling). `against` is the reference of the gaps
    (`analytics.weakness`), `peers` the units compared with by hand (none: the ten nearest), `region` whether its
    region is compared with, `top` the size of the target group (none: the definition's).
    """

    province: str
    indices: tuple[str, ...]
    year: int
    against: Against = "target"
    peers: tuple[str, ...] = ()
    region: bool = True
    top: int | None = None
    contents: tuple[Section, ...] = EVERYTHING
    lang: Language = "vi"

    def __post_init__(self) -> None:
        """Puts the contents in order; raises Problem for a specification that fits no data."""
        object.__setattr__(self, "indices", tuple(dict.fromkeys(code.lower() for code in self.indices)))
        object.__setattr__(self, "peers", tuple(dict.fromkeys(self.peers)))
        object.__setattr__(self, "contents", _ordered(self.contents))
        if not self.indices:
            raise Problem(
                "Gói hội nghị chưa có chỉ số nào; chọn ít nhất một chỉ số.",
                "The pack has no index; choose at least one.",
            )
        if not self.contents:
            raise Problem(
                "Gói hội nghị chưa có phần nào; chọn ít nhất một phần nội dung.",
                "The pack has no contents; choose at least one part.",
            )
        if self.lang not in get_args(Language):
            raise Problem(
                f"Không có ngôn ngữ “{self.lang}”. Dùng vi hoặc en.",
                f"There is no language “{self.lang}”. Use vi or en.",
            )
        if self.against not in get_args(Against):
            raise Problem(
                f"Không có mốc so sánh “{self.against}”. Dùng: {', '.join(get_args(Against))}.",
                f"There is no reference “{self.against}”. Use: {', '.join(get_args(Against))}.",
            )

    def check(self, frames: Frames) -> None:
        """A Problem where an index, its edition, the unit, a peer or the target group isn't one."""
        if set_of(self.province) not in PROVINCES:
            raise Problem(
                "Gói hội nghị mới làm được cho tỉnh, thành phố. Với đơn vị của chỉ số tự định nghĩa, dùng vuotbac "
                "ranking, weakness, change với --csv.",
                "The conference pack is made for provinces so far. For units of one's own, use vuotbac ranking, "
                "weakness and change with --csv.",
            )
        for code in self.indices:
            index = frames.index(code)
            check_unit(frames, index, self.province, self.year)
            if self.top is not None:
                # The definition's own group may be larger than a small edition: its parts then say so.
                check_top(index, self.year, self.top)
        known = set(frames.unit["unit"])
        invalid = [
            item
            for item in self.peers
            if item not in known or set_of(item) != set_of(self.province) or item == self.province
        ]
        if invalid:
            raise Problem(
                f"Không so được với: {', '.join(invalid)}. Chọn các mã {set_of(self.province)}-… khác "
                f"{self.province}.",
                f"Not comparable: {', '.join(invalid)}. Choose codes {set_of(self.province)}-… other than "
                f"{self.province}.",
            )

    def subjects(self, asker: Asker) -> tuple[Subject, ...]:
        """The province on each index, showing nothing later than the edition."""
        return tuple(
            Subject(
                asker=asker,
                unit=self.province,
                index=asker.frames.index(code),
                year=self.year,
                lang=self.lang,
                against=self.against,
                top=self.top,
                peers=self.peers,
                behind="region" if self.region else None,
                through=self.year,
            )
            for code in self.indices
        )


def resolved(
    frames: Frames,
    province: str,
    indices: Iterable[str],
    year: int,
    *,
    against: Against = "target",
    peers: Iterable[str] = (),
    region: bool = True,
    top: int | None = None,
    contents: Iterable[Section | str] = EVERYTHING,
    lang: Language = "vi",
) -> tuple[Specification, Text | None]:
    """The specification of what a person wrote, checked; and a sentence where the unit isn't the one written.

    Province and peers by code or any known spelling. Raises Problem as `Specification` and `check` do.
    """
    codes = tuple(indices)
    names = Names.of(frames)
    edition = frames.index(codes[0]).edition(year) if codes else None
    unit_set = edition.unit_set if edition is not None else "63"
    found = names.find(province, unit_set)
    specification = Specification(
        province=found.unit,
        indices=codes,
        year=year,
        against=against,
        peers=tuple(names.find(item, unit_set).unit for item in peers),
        region=region,
        top=top,
        contents=tuple(_section(item) for item in contents),
        lang=lang,
    )
    specification.check(frames)
    return specification, found.note


def _section(written: Section | str) -> Section:
    try:
        return Section(written)
    except ValueError as error:
        known = ", ".join(Section)
        raise Problem(
            f"Không có phần nội dung “{written}”. Các phần: {known}.",
            f"There is no part “{written}”. The parts: {known}.",
        ) from error


def _ordered(contents: Iterable[Section]) -> tuple[Section, ...]:
    wanted = {_section(item) for item in contents}
    return tuple(section for section in Section if section in wanted)
