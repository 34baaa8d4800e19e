"""Tables that people have: a file or a paste, understood before it is entered, and entered as a batch.

`opening` reads cells, `tables` finds the tables, `headings` and `reading` say what they mean by a `Plan`, `checks`
holds them against what is known, `entering` writes.
"""

from data.intake.editions import Named, named, said
from data.intake.entering import enter, supposed, undo
from data.intake.kept import Kept, kept
from data.intake.opening import Opened, opened
from data.intake.plan import Column, Plan
from data.intake.questions import Fault, Faults, Question
from data.intake.understanding import Intake, Status, examined, examined_own, understand, understand_own
from data.intake.weighing import enter_weights

__all__ = [
    "Column",
    "Fault",
    "Faults",
    "Intake",
    "Kept",
    "Named",
    "Opened",
    "Plan",
    "Question",
    "Status",
    "enter",
    "enter_weights",
    "examined",
    "examined_own",
    "kept",
    "named",
    "opened",
    "said",
    "supposed",
    "understand",
    "understand_own",
    "undo",
]
