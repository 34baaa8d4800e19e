"""The sentences that must be read with a forecast, or in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analytics.core.edition import following
from analytics.forecast.shrinkage import FEWEST_TESTED
from data.definition import Index, spans
from data.number import decimal
from data.text import Language, Note, Text


def notes(index: Index, name: Text, target: int, figures: Mapping[str, Any]) -> Iterator[Note]:
    """Why there is no forecast of the edition of `target`; or what it rests on and how good that was.

    Their keys are those that `analytics.forecast` documents.
    """
    year = figures["from_year"]
    if figures["reason"] is not None:
        yield Note("reason", _none(index, name, target, figures))
        if figures["reason"] != "other_units":
            yield from _last_of_its_kind(index, target)
    else:
        yield Note("method", _method(figures))
        yield Note("tested", accuracy_text(figures))
        yield from _breaks(index, figures, target)
        if any(item.year == target for item in index.editions):
            yield Note("announced", _announced(index, target, year))
        yield from _last_of_its_kind(index, target)
    edition = index.edition(year)
    if edition.note is not None:
        yield Note("edition", edition.note)


def accuracy_text(figures: Mapping[str, Any]) -> Text:
    """The errors of past forecasts against those of the last value, and what may be concluded."""
    if figures["better"] is None:
        verdict = Text(
            "chênh lệch ấy chưa đủ chắc để nói cách này hơn việc cứ lấy điểm cũ",
            "too little to say that this is better than taking the last score",
        )
    elif figures["better"]:
        verdict = Text("tốt hơn việc cứ lấy điểm cũ", "better than taking the last score")
    else:
        verdict = Text("kém hơn việc cứ lấy điểm cũ", "worse than taking the last score")
    skill = figures["skill"]

    def said(value: float | None, places: int, lang: Language, *, signed: bool = False) -> str:
        return decimal(value, places, lang, signed=signed)

    vi, en = (
        (
            said(figures["error_shrunken"], 2, lang),
            said(figures["error_last"], 2, lang),
            said(None if skill is None else -100 * skill, 0, lang, signed=True),
        )
        for lang in ("vi", "en")
    )
    years = spans(figures["tested"])
    return Text(
        f"Thử lại với các kỳ {years}, mỗi lần chỉ dùng số liệu có trước: sai số trung bình {vi[0]} điểm, nếu "
        f"cứ lấy điểm cũ thì {vi[1]} điểm ({vi[2]} %); {verdict.vi}.",
        f"Tested on the editions {years}, each time from earlier figures alone: the mean error is {en[0]} points, "
        f"that of taking the last score {en[1]} ({en[2]} %); {verdict.en}.",
    )


def _method(figures: Mapping[str, Any]) -> Text:
    share = {lang: decimal(100 * figures["shrinkage"], 0, lang) for lang in ("vi", "en")}
    mean = {lang: decimal(figures["mean"], 2, lang) for lang in ("vi", "en")}
    level = {lang: decimal(100 * figures["level"], 0, lang) for lang in ("vi", "en")}
    learned, tested = spans(figures["learned"]), spans(figures["tested"])
    return Text(
        f"Dự báo: điểm {figures['from_year']} kéo về phía trung bình năm ấy ({mean['vi']}) {share['vi']} % khoảng "
        f"cách, tỷ lệ rút ra từ {figures['moves']} bước thay đổi (đến các năm {learned}). Khoảng {level['vi']} % "
        f"rút ra từ sai số của chính cách này ở các kỳ {tested}. Không tính đến việc cả nước cùng lên hay "
        "xuống, cũng không tính đến nỗ lực của tỉnh.",
        f"The forecast is the score of {figures['from_year']}, drawn {share['en']} % of the way to that year's "
        f"mean ({mean['en']}): a share learned from {figures['moves']} moves (ending in {learned}). The "
        f"{level['en']} % interval comes from the errors of this very method in the editions {tested}. It "
        "foresees neither a rise or fall of all nor what the province does.",
    )


def _none(index: Index, name: Text, target: int, figures: Mapping[str, Any]) -> Text:
    year, component = figures["from_year"], index.component(figures["component"]).name
    vi, en = index.name.vi, index.name.en
    after = following(index, year)
    match figures["reason"]:
        case "other_units":
            kind = after.unit_set if after is not None else "34"
            return Text(
                f"Không có dự báo: từ kỳ đánh giá {vi} {target}, đơn vị được chấm là {kind} tỉnh, thành phố sau "
                f"sắp xếp, không còn {name.vi} như trước.",
                f"No forecast: from the edition of {target}, {en} scores the {kind} provinces after the mergers "
                f"and no longer {name.en} as it was.",
            )
        case "new_method":
            return Text(
                f"Chưa đủ kỳ để dự báo: {vi} {target} tính theo cách khác với {year}, chưa có kỳ đánh giá nào "
                "trước đó theo cách mới.",
                f"Not enough editions yet for a forecast: {en} {target} is scored by another method than {year}, "
                "and there is no edition by the new one before it.",
            )
        case "few_editions":
            tested = figures["tested"]
            some = Text(
                f"mới thử được dự báo cho {len(tested)} kỳ đánh giá ({spans(tested)})",
                f"forecasts of only {len(tested)} past editions ({spans(tested)}) can be tested",
            )
            none = Text("chưa thử được dự báo cho kỳ đánh giá nào", "forecasts of no past edition can be tested")
            so_far = some if tested else none
            return Text(
                f"Chưa đủ kỳ để dự báo: với cách tính của {vi} {year} và số liệu đã biết, {so_far.vi}, cần ít "
                f"nhất {FEWEST_TESTED} để biết sai số.",
                f"Not enough editions yet for a forecast: by the method of {en} {year} and with the figures "
                f"known, {so_far.en}, and it takes {FEWEST_TESTED} to know the error.",
            )
        case "partial":
            return Text(
                f"Không có dự báo: {vi} {year} mới biết điểm của một phần số đơn vị, chưa tính được trung bình; "
                "nhập phần còn thiếu bằng lệnh vuotbac import.",
                f"No forecast: the scores of only part of the units are known for {en} {year}, so there is no "
                "mean; take in the others with vuotbac import.",
            )
    return Text(
        f"Không có dự báo: chưa biết điểm “{component.vi}” của {name.vi} ở {vi} {year}; nhập bằng lệnh vuotbac "
        "import.",
        f"No forecast: the score of {name.en} on “{component.en}” in {en} {year} is not known; take it in with "
        "vuotbac import.",
    )


def _breaks(index: Index, figures: Mapping[str, Any], target: int) -> Iterator[Note]:
    """The breaks of the series that the errors hold already, and those that they cannot know of."""
    component, learned = figures["component"], figures["learned"]
    years = [item.year for item in index.series_breaks if not item.components or component in item.components]
    inside = [year for year in years if min(learned) <= year <= max(learned)]
    since = [year for year in years if max(learned) < year <= target]
    if inside:
        yield Note.of(
            "breaks_learned",
            f"Danh mục chỉ tiêu hoặc định nghĩa đã đổi vào năm {spans(inside)}; các bước thay đổi qua những năm "
            "ấy vẫn được tính vào sai số, vì người dự báo khi đó không biết trước.",
            f"Indicators or definitions changed in {spans(inside)}; moves across these years count in the errors, "
            "because nobody who forecast then knew of it.",
        )
    if since:
        yield Note.of(
            "breaks_since",
            f"Danh mục chỉ tiêu hoặc định nghĩa lại đổi vào năm {spans(since)}, sau những kỳ mà dự báo học "
            "được: mức kéo và khoảng sai số có thể không còn đúng.",
            f"Indicators or definitions changed in {spans(since)}, after the editions that the forecast learned "
            "from: its pull and its errors may no longer hold.",
        )


def _announced(index: Index, target: int, year: int) -> Text:
    return Text(
        f"{index.name.vi} {target} đã được công bố; con số này chỉ là điều rút ra được từ số liệu đến {year}, "
        "không thay điểm công bố.",
        f"{index.name.en} {target} has been published; this is only what could be said from the figures up to "
        f"{year}, and no stand-in for the published score.",
    )


def _last_of_its_kind(index: Index, target: int) -> Iterator[Note]:
    """Says so where the edition after the one forecast scores other units."""
    after = following(index, target)
    if after is None or not any(item.year == target for item in index.editions):
        return
    if after.unit_set != index.edition(target).unit_set:
        yield Note.of(
            "no_further",
            f"Sau {target} không dự báo tiếp được: {index.name.vi} {after.year} chấm {after.unit_set} tỉnh, thành "
            "phố sau sắp xếp.",
            f"There is no forecast beyond {target}: {index.name.en} {after.year} scores the {after.unit_set} "
            "provinces after the mergers.",
        )
