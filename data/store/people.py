"""Who may enter what: readers nothing, planners what belongs to their provinces, keepers everything."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Literal

from data.text import Problem, Text

Role = Literal["reader", "planner", "keeper"]

# What can be done to the entries: take a table in or back, write of a province (notes; later its plan).
Act = Literal["import", "undo", "write"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name, with a role; a planner's `units` are the provinces that he may write of.

    `why` says, where the role allows less than the reader may expect, what decides it.
    """

    name: str
    role: Role = "keeper"
    units: frozenset[str] = frozenset()
    why: Literal["", "network", "read_only", "role", "sign_in"] = ""

    def may(self, act: Act, unit: str | None = None) -> bool:
        """Whether `act` is allowed, on a province where it is about one."""
        if self.role == "planner":
            return act == "write" and unit in self.units
        return self.role == "keeper"

    def check_part(self, part: str) -> None:
        """Raises Problem where nothing in a part of the entries may be written, whatever it is about.

        The last door, for what asks by `check` before: a reader writes nothing, a planner no scores.
        """
        if self.role == "reader" or (self.role == "planner" and part == "scores"):
            raise Forbidden(self)

    def refusal(self) -> Text:
        """Why less is allowed than somebody may expect, and how that is changed."""
        vi, en = _REASONS[self.why or "role"]
        return Text(vi.format(name=self.name), en.format(name=self.name))

    def check(self, act: Act, unit: str | None = None) -> None:
        """Raises Problem, naming who could, where `act` is not allowed."""
        if not self.may(act, unit):
            raise Forbidden(self)


class Forbidden(Problem):
    """Somebody asked for what his role does not allow; nothing was written."""

    def __init__(self, person: Person) -> None:
        said = person.refusal()
        super().__init__(f"Chưa ghi gì. {said.vi}", f"Nothing was written. {said.en}")


_REASONS = {
    "network": (
        "Máy chủ mở cho cả mạng mà chưa có đăng nhập nên chỉ cho xem. "
        "Nhập trên chính máy chủ, hoặc bật đăng nhập (xem docs/sign-in.md).",
        "The server is open to the network without sign-in, so it only shows. "
        "Enter it on the server itself, or set up sign-in (see docs/sign-in.md).",
    ),
    "read_only": (
        "Máy chủ này chạy với --read-only nên chỉ cho xem. Muốn nhập, người quản trị khởi động lại không có "
        "--read-only và VUOTBAC_READ_ONLY, hoặc nhập ở một máy chủ khác cùng kho dữ liệu.",
        "This server runs with --read-only, so it only shows. To enter, its keeper starts it again without "
        "--read-only and VUOTBAC_READ_ONLY, or enters at another server of the same store.",
    ),
    "sign_in": (
        "Chưa đăng nhập nên chỉ xem. Đăng nhập ở đầu trang để ghi.",
        "Nobody is signed in, so this only shows. Sign in at the head of the page to write.",
    ),
    "role": (
        "Tài khoản “{name}” không có quyền ghi việc này. Đề nghị người quản trị kho dữ liệu cấp quyền.",
        "The account “{name}” may not write this. Ask the keeper of the store for the right to.",
    ),
}


def local() -> Person:
    """Whoever sits at this machine, by the name that the system knows: everything is allowed."""
    try:
        return Person(getpass.getuser())
    except (KeyError, OSError):
        return Person("local")
