"""The page, one panel a file; the only part of the program that knows Streamlit."""
