"""The page "Data" opened without a browser, and what is pressed and read on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from page_parts import html_of
from streamlit.testing.v1 import AppTest

from mapview.briefing.job import Job
from mapview.ui.data.check import _JOB
from mapview.web.handing import incoming

Open = Callable[..., AppTest]
OWN = """Nr;Datum;Ort;Breite;Länge;Tote;Art
1;03/04/2022;Köln;50,94;6,96;3;Brand
2;05/04/2022;Bonn;50,73;7,1;1;Brand
3;bald;Bonn;50,73;7,1;1;Brand
"""


def draw() -> None:
    import streamlit as st

    from mapview.ui import data, markup

    def to_the_map() -> None:
        st.markdown("the map")

    def show() -> None:
        data.show(pages)

    pages = {"map": st.Page(to_the_map, title="Map"), "data": st.Page(show, default=True)}
    markup.show_styles()
    st.navigation(list(pages.values()), position="hidden").run()


def open_page(text: str | bytes = "", name: str = "own.csv") -> AppTest:
    """Open the page for a file that was handed in, or for none."""
    page = AppTest.from_function(draw, default_timeout=60)
    if text:
        token, path = incoming().make(name)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        page.query_params["of"] = token
    return run(page)


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return run(page)


def said(page: AppTest) -> str:
    return " ".join(unescape(re.sub(r"<[^<>]+>", " ", html_of(page))).split())


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def part(page: AppTest, name: str) -> object:
    return next(one for one in page.selectbox if one.key.endswith(f"_{name}"))


def do_import(page: AppTest) -> AppTest:
    """Press the button, wait for the work, and draw what comes after it."""
    press(page, "data_import")
    job: Job = page.session_state[_JOB]
    job.wait(60)
    assert not job.error
    return run(page)
