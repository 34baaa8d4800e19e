"""The sentences that must be read with the estimates of `analytics.drivers`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from analytics.drivers.outcomes import LAG
from analytics.drivers.panel import Panel
from data.definition import Index, spans
from data.frames import Frames
from data.number import decimal, whole
from data.text import Language, Note, Text

WHY = {
    "outcome": Text("không có số liệu kết quả", "the outcome is not known"),
    "not_positive": Text(
        "kết quả không dương nên không lấy log được", "the outcome is not positive, so it has no log"
    ),
    "components": Text("thiếu điểm thành phần", "a component is not known"),
    "single": Text("chỉ có một năm", "one year only"),
}

ASSOCIATION = Text(
    "Đây là liên hệ, không phải nhân quả: tỉnh khá lên vì nhiều lý do cùng lúc, và kết quả tốt cũng có thể làm "
    "doanh nghiệp chấm điểm cao hơn.",
    "Association, not causation: provinces do better for many reasons at once, and good results may themselves "
    "make firms rate their province higher.",
)
# Terms with a q-value up to this are called out: one in twenty of them is expected to be false.
FALSE_RATE = 0.05
LANGUAGES: tuple[Language, ...] = ("vi", "en")
# From here on a percentage needs no decimal.
LARGE = 0.10


def notes_of(
    frames: Frames, index: Index, table: Panel, rows: pl.DataFrame, figures: Mapping[str, Any]
) -> tuple[Note, ...]:
    """All notes, the most needed first; their keys are those that `analytics.drivers` documents."""
    return (
        Note("association", ASSOCIATION),
        Note("sample", _sample(index, table)),
        Note("found", _found(index, rows, figures)),
        *_null_terms(index, rows),
        *_breaks(index, table, rows, figures),
        Note("skill", _skill(figures["skill"]["grouped"], figures["skill"]["forward"], table)),
        *_left_out(index, table),
        *_missing(frames, table),
        *_caveats(frames, table),
    )


def _sample(index: Index, table: Panel) -> Text:
    count, units = table.rows.height, table.units
    years, editions = spans(table.years), spans(year - LAG for year in table.years)
    name, parts = table.outcome.name, f"{index.name.en} {editions}"
    if table.outcome.cross_section:
        return Text(
            f"LÁT CẮT MỘT NĂM, không phải bảng nhiều năm: {name.vi} {years} của {units} tỉnh theo {parts}. Tỉnh "
            "được so với tỉnh khác chứ không với chính mình, nên khác biệt về vị trí, ngành nghề lẫn cả "
            f"vào ước lượng; bình phương tối thiểu, sai số vững HC3. {_held(table).vi}",
            f"A CROSS-SECTION of one year, not a panel: {name.en} {years} of {units} provinces on {parts}. "
            "Provinces are compared with each other, not with themselves, so location and industry are "
            f"mixed into the estimates; least squares, robust errors (HC3). {_held(table).en}",
        )
    return Text(
        f"{name.vi[0].upper()}{name.vi[1:]}: {count} quan sát của {units} tỉnh các năm {years}, theo {parts} (kỳ "
        "trước một năm). Mỗi ước lượng là mức thay đổi của log kết quả ứng với một độ lệch chuẩn của thành "
        "phần trong kỳ ấy; hiệu ứng cố định tỉnh và năm, sai số theo cụm tỉnh.",
        f"{name.en[0].upper()}{name.en[1:]}: {count} observations of {units} provinces in {years}, on {parts} "
        "(one edition earlier). An estimate is the change in the log outcome that goes with one standard "
        "deviation of the component within its edition; fixed effects of province and year, errors clustered by "
        "province.",
    )


def _held(table: Panel) -> Text:
    """What is held equal in a cross-section, and what could not be."""
    income = "grdp_per_capita" in table.controls
    if income:
        return Text(
            f"Giữ ngang GRDP bình quân đầu người, dân số và tỷ lệ đô thị ({table.controls_year}); cột riêng là "
            "ước lượng không giữ ngang và ước lượng Poisson (PPML).",
            f"GRDP per head, population and urban share ({table.controls_year}) are held equal; columns of "
            "their own have the estimates without that and those of Poisson (PPML).",
        )
    if table.controls:
        return Text(
            f"Giữ ngang dân số và tỷ lệ đô thị ({table.controls_year}), chưa giữ ngang được thu nhập vì chưa "
            "có GRDP bình quân đầu người từng tỉnh đến năm ấy; cột riêng là ước lượng không giữ ngang và ước "
            "lượng Poisson (PPML).",
            f"Population and urban share ({table.controls_year}) are held equal; income is not, as GRDP per "
            "head is not known up to that year. Columns of their own have the estimates without that and "
            "those of Poisson (PPML).",
        )
    return Text(
        "Không giữ ngang được thu nhập, quy mô, đô thị.", "Income, size and urbanisation can't be held equal."
    )


def _found(index: Index, rows: pl.DataFrame, figures: Mapping[str, Any]) -> Text:
    terms = rows.drop_nulls("estimate")
    if terms.is_empty():
        return Text(
            "Không ước lượng được thành phần nào: kết quả hoặc điểm không thay đổi.",
            "No term can be estimated: the outcome or the scores don't vary.",
        )
    seen = terms["detectable"].drop_nulls()
    power = _unreliable(terms) if seen.is_empty() else _power(terms, float(min(seen)), float(max(seen)))
    called = [row for row in terms.iter_rows(named=True) if row["term"] in figures["significant"]]
    if not called:
        return Text(
            f"Không thành phần nào trong {terms.height} có liên hệ phân biệt được với ngẫu nhiên (q > 0,05, đã "
            f"tính việc thử nhiều thành phần cùng lúc). {power.vi}",
            f"None of the {terms.height} components has an association that can be told from chance (q > 0.05, "
            f"many being tried at once). {power.en}",
        )
    vi, en = ("; ".join(_called(index, row, lang) for row in called) for lang in ("vi", "en"))
    return Text(
        f"Phân biệt được với ngẫu nhiên ở mức q ≤ 0,05 trong {terms.height} thành phần: {vi}. Thử thêm biến kết "
        f"quả khác thì càng dễ gặp may rủi. {power.vi}",
        f"Told from chance at q ≤ 0.05 among {terms.height} components: {en}. Trying other outcomes as well gives "
        f"chance more to work on. {power.en}",
    )


def _power(terms: pl.DataFrame, least: float, most: float) -> Text:
    """How weak an association would still be seen."""
    power = Text(
        f"Liên hệ yếu hơn khoảng {_percent(least, 'vi')} (thành phần đo chắc nhất) đến {_percent(most, 'vi')} "
        "(kém chắc nhất) mỗi độ lệch chuẩn khó thấy được với chừng này số liệu: không thấy không có nghĩa là "
        "không có.",
        f"An association weaker than about {_percent(least, 'en')} (the surest term) to {_percent(most, 'en')} "
        "(the least sure) per standard deviation is hard to see in this many figures: not found does not mean "
        "none.",
    )
    lost = _unreliable(terms)
    return Text(f"{power.vi} {lost.vi}".strip(), f"{power.en} {lost.en}".strip())


def _unreliable(terms: pl.DataFrame) -> Text:
    """How many components move within provinces by luck almost alone; empty where none does."""
    count = terms["detectable"].null_count()
    if not count:
        return Text("", "")
    return Text(
        f"{count} thành phần dao động trong từng tỉnh gần như chỉ do may rủi của khảo sát (độ tin cậy dưới "
        "0,1): ở đó không thể thấy liên hệ nào.",
        f"{count} components move within provinces almost by luck of the survey alone (reliability below 0.1): no "
        "association could be seen there.",
    )


def _called(index: Index, row: Mapping[str, Any], lang: Language) -> str:
    name = index.component(row["term"]).name.in_(lang)
    return f"{name} {_percent(row['estimate'], lang, signed=True)} (q = {decimal(row['q_value'], 3, lang)})"


def _percent(log_points: float, lang: Language, *, signed: bool = False) -> str:
    """A difference of logarithms as the per cent that it is."""
    share = math.expm1(log_points)
    return f"{decimal(100 * share, 1 if abs(share) < LARGE else 0, lang, signed=signed)} %"


def _null_terms(index: Index, rows: pl.DataFrame) -> list[Note]:
    empty = rows.filter(pl.col("estimate").is_null())["term"].to_list()
    if not empty or len(empty) == rows.height:
        return []
    vi, en = (_names(index, empty, lang) for lang in ("vi", "en"))
    return [
        Note.of(
            "empty",
            f"Không tách được khỏi các hiệu ứng cố định và thành phần khác, nên để trống: {vi}.",
            f"Not to be told from the fixed effects and the other components, hence empty: {en}.",
        )
    ]


def _breaks(index: Index, table: Panel, rows: pl.DataFrame, figures: Mapping[str, Any]) -> list[Note]:
    if not table.breaks:
        return []
    vi, en = (
        "; ".join(f"{edition}: {what.in_(lang).rstrip('.')}" for edition, what in table.breaks)
        for lang in ("vi", "en")
    )
    text = Text(
        f"Cách đo {index.name.vi} đổi giữa các kỳ được dùng ({vi}). Điểm đã chuẩn hóa trong từng kỳ và "
        "có hiệu ứng năm, nên khác biệt về mức và thang đã bị loại; khác biệt về nội dung đo thì không loại được.",
        f"{index.name.en} changed between the editions used ({en}). Scores are standardised within each edition "
        "and there are year effects, so shifts of level and scale are taken out; a change of what is measured "
        "can't be.",
    )
    years = figures["unbroken_years"]
    if years is None:
        return [Note("breaks", text)]
    called = rows.filter(pl.col("term").is_in(figures["significant"])).drop_nulls("estimate_unbroken")
    vi, en = ("; ".join(_again(index, row, lang) for row in called.iter_rows(named=True)) for lang in LANGUAGES)
    again = Text(f": {vi}", f": {en}") if called.height else Text("", "")
    more = Text(
        f"Cột riêng là ước lượng tính lại trên các năm không đổi cách đo ({spans(years)}){again.vi}.",
        f"A column of its own has the estimates from the years without such a change ({spans(years)}){again.en}.",
    )
    return [Note("breaks", text), Note("unbroken", more)]


def _again(index: Index, row: Mapping[str, Any], lang: Language) -> str:
    """What becomes of a term that was called out, on the years without a break."""
    name, estimate = (
        index.component(row["term"]).name.in_(lang),
        _percent(row["estimate_unbroken"], lang, signed=True),
    )
    q = decimal(row["q_unbroken"], 3, lang)
    if row["q_unbroken"] > FALSE_RATE:
        lost = Text("không còn phân biệt được với ngẫu nhiên", "no longer told from chance")
        return f"{name} {estimate} (q = {q}), {lost.in_(lang)}"
    return f"{name} {estimate} (q = {q})"


def _skill(of_provinces: Mapping[str, Any], to_come: Mapping[str, Any] | None, table: Panel) -> Text:
    first = Text(
        f"Dự báo tỉnh chưa gặp (cả tỉnh để riêng, {of_provinces['folds']} lượt) so với trung bình của năm: "
        f"{_said(of_provinces, 'vi')}.",
        f"Foretelling provinces not seen ({of_provinces['folds']} folds, whole provinces held out) against the "
        f"mean of the year: {_said(of_provinces, 'en')}.",
    )
    if to_come is None:
        why = (
            Text("chỉ một năm", "one year only") if len(table.years) == 1 else Text("quá ít năm", "too few years")
        )
        return Text(
            f"{first.vi} Không kiểm định được năm chưa đến ({why.vi}).",
            f"{first.en} Years to come can't be tested ({why.en}).",
        )
    last = to_come["skill_last"]
    vi, en = (decimal(None if last is None else 100 * last, 0, lang, signed=True) for lang in LANGUAGES)
    tested = spans(item["year"] for item in to_come["years"])
    return Text(
        f"{first.vi} Dự báo năm chưa đến ({tested}) so với giá trị năm trước cộng xu thế chung: "
        f"{_said(to_come, 'vi')}; so với riêng giá trị năm trước: {vi} %.",
        f"{first.en} Foretelling years to come ({tested}) against last year's value plus the common trend: "
        f"{_said(to_come, 'en')}; against last year's value alone: {en} %.",
    )


def _said(figures: Mapping[str, Any], lang: Language) -> str:
    """A skill with its interval and what it means."""
    skill, low, high = (figures[name] for name in ("skill", "low", "high"))
    if skill is None or low is None or high is None:
        return "không tính được kỹ năng" if lang == "vi" else "no skill can be computed"
    if low > 0:
        verdict = Text("tốt hơn phỏng đoán đơn giản", "better than the naive guess")
    elif high < 0:
        verdict = Text("kém hơn phỏng đoán đơn giản", "worse than the naive guess")
    else:
        verdict = Text("không hơn phỏng đoán đơn giản", "no better than the naive guess")
    numbers = [decimal(100 * value, 1, lang, signed=True) for value in (skill, low, high)]
    word, to = ("kỹ năng", "đến") if lang == "vi" else ("skill", "to")
    return f"{word} {numbers[0]} % ({numbers[1]} {to} {numbers[2]} %), {verdict.in_(lang)}"


def _left_out(index: Index, table: Panel) -> list[Note]:
    notes = []
    if table.left_out:
        listed = ", ".join(f"{row['year']} ({row['both']}/{row['of']})" for row in table.left_out)
        notes.append(
            Note.of(
                "years_left_out",
                "Bỏ các năm mà chưa đến hai phần ba số tỉnh có cả kết quả lẫn đủ điểm thành phần một năm trước: "
                f"{listed}.",
                "Left out are years in which fewer than two thirds of the provinces have the outcome and all "
                f"components one year earlier: {listed}.",
            )
        )
    if table.dropped:
        vi, en = (_names(index, table.dropped, lang) for lang in LANGUAGES)
        notes.append(
            Note.of(
                "terms_left_out",
                f"Bỏ thành phần không có trong mọi kỳ đánh giá được dùng: {vi}.",
                f"Left out are components that are not in every edition used: {en}.",
            )
        )
    return notes


def _missing(frames: Frames, table: Panel) -> list[Note]:
    """Which provinces fell out of the years used, by reason."""
    if table.missing.is_empty():
        return []
    names = frames.unit.select("unit", vi="name_vi", en="name_en")
    grouped = (
        table.missing.group_by("why", "unit")
        .agg(pl.col("year").sort())
        .join(names, on="unit")
        .sort("why", "unit")
        .partition_by("why", as_dict=True, maintain_order=True)
    )
    said = {
        lang: "; ".join(
            f"{WHY[why].in_(lang)}: "
            + ", ".join(f"{row[lang]} {spans(row['year'])}" for row in part.iter_rows(named=True))
            for (why,), part in grouped.items()
        )
        for lang in LANGUAGES
    }
    count = table.missing.height
    return [
        Note.of(
            "missing",
            f"Thiếu {whole(count, 'vi')} trong {whole(table.expected, 'vi')} ô tỉnh × năm – {said['vi']}.",
            f"{whole(count, 'en')} of {whole(table.expected, 'en')} cells of province × year are missing – "
            f"{said['en']}.",
        )
    ]


def _caveats(frames: Frames, table: Panel) -> list[Note]:
    """What must be known of the outcome's own figures."""
    noted = frames.context_variable.filter(pl.col("variable").is_in(table.outcome.variables)).drop_nulls("note_vi")
    return [
        Note.of(f"context:{variable}", f"{vi}: {note_vi}", f"{en}: {note_en}")
        for variable, vi, en, note_vi, note_en in noted.select(
            "variable", "name_vi", "name_en", "note_vi", "note_en"
        ).iter_rows()
    ]


def _names(index: Index, codes: Iterable[str], lang: Language) -> str:
    return ", ".join(index.component(code).name.in_(lang) for code in codes)
