"""What the data page says about the figures: pure, answers in, HTML or a file out; `views/data.py` puts it up."""
