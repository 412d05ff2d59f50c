"""The app for `streamlit run app.py`; `mapview serve` does the same for an installed package."""

import streamlit as st

from mapview.web.server import HANDLERS, MIDDLEWARE, ROUTES, lifespan

# Streamlit reads this line in the source to know that this is an app with routes.
app = st.App(
    "mapview/ui/main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    exception_handlers=HANDLERS,
)
