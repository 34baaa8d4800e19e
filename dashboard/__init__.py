"""The top floor: what people see."""
