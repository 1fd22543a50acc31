"""The countries seed is what the script makes of the libraries in the lock file."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from extractors.settings import PROJECT_ROOT


def test_the_seed_is_up_to_date(tmp_path: Path) -> None:
    script = PROJECT_ROOT / "scripts" / "make_countries.py"
    spec = importlib.util.spec_from_file_location("make_countries", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = tmp_path / "countries.csv"
    assert module.write(made) == 250
    assert made.read_bytes() == (PROJECT_ROOT / "dbt" / "seeds" / "countries.csv").read_bytes()
