"""What must be known of an edition wherever its weights count."""

from __future__ import annotations

from data.definition import Index
from data.number import decimal
from data.text import Note


def edition_caveats(index: Index, year: int) -> tuple[Note, ...]:
    """`equal_weights`, where they are only assumed, and `edition`, its own caveat."""
    note = index.edition(year).note
    return (*equal_weights(index, year), *([Note("edition", note)] if note is not None else []))


def equal_weights(index: Index, year: int) -> tuple[Note, ...]:
    """That an edition's weights are not known and equal ones are assumed; nothing where they are."""
    regime = index.regime(year)
    if regime.weight_status != "assumed":
        return ()
    share = 100 / len(regime.components)
    return (
        Note.of(
            "equal_weights",
            f"Chưa biết trọng số của {index.name.vi} {year}: tạm tính với trọng số bằng nhau "
            f"({decimal(share, 1, 'vi')}% mỗi {index.component_word.vi}). Đây là giả định, không phải trọng số "
            f"của {index.publisher.vi}; nhập trọng số, hoặc xác nhận trọng số tìm lại từ bảng (vuotbac weights).",
            f"The weights of {index.name.en} {year} are not known: equal ones ({decimal(share, 1, 'en')} % for "
            f"each {index.component_word.en}) are assumed, which are not those of {index.publisher.en}; enter the "
            "weights, or confirm those recovered from the table (vuotbac weights).",
        ),
    )
