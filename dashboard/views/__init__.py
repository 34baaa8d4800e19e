"""One file per page.

Not called `pages`: a folder of that name beside the entry script makes Streamlit run its files as scripts of
their own, past `app.py`, whenever the first address opened is a page's.
"""
