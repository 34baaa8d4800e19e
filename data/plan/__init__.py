"""Plans of provinces: as they stand (`plan_of`), entered (`enter`), taken back (`take_back`), their history."""

from data.plan.entering import Overtaken, enter
from data.plan.history import changes
from data.plan.tables import PlanKey, PlanTables, no_plan, plan_of, plans
from data.plan.taking_back import take_back

__all__ = ["Overtaken", "PlanKey", "PlanTables", "changes", "enter", "no_plan", "plan_of", "plans", "take_back"]
