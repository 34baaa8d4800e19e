"""Tables that people have: a file or a paste, understood before it is entered, and entered as a batch.

`opening` reads cells, `tables` finds the tables, `headings` and `reading` say what they mean by a `Plan`, `checks`
holds them against what is known, `entering` writes.
"""

from data.intake.asked import examined, understand
from data.intake.defining import Drafted, Wanted, create, defined_by
from data.intake.editions import Named, named, said
from data.intake.entering import enter, supposed, undo
from data.intake.further import blocks_read, enter_blocks, own
from data.intake.kept import Kept, kept
from data.intake.opening import Opened, opened
from data.intake.plan import Column, Plan
from data.intake.questions import Fault, Faults, Question
from data.intake.understanding import Intake, Status, examined_own, understand_own
from data.intake.weighing import enter_weights

__all__ = [
    "Column",
    "Drafted",
    "Fault",
    "Faults",
    "Intake",
    "Kept",
    "Named",
    "Opened",
    "Plan",
    "Question",
    "Status",
    "Wanted",
    "blocks_read",
    "create",
    "defined_by",
    "enter",
    "enter_blocks",
    "enter_weights",
    "examined",
    "examined_own",
    "kept",
    "named",
    "opened",
    "own",
    "said",
    "supposed",
    "understand",
    "understand_own",
    "undo",
]
