"""`python -m dashboard.command`, where the `vuotbac` script isn't on the path."""

from dashboard.command import main

main()
