"""Readers of files that run in a process of their own, which may die; `data.intake.opening` runs them.

They import nothing of the project but each other and `data.spelling`, so that the process starts soon.
"""
