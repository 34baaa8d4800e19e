"""Questions on what people entered of a plan: does it add up, is it on its way, what came of it."""
