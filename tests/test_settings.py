"""Settings come from arguments, environment and file, and wrong ones are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import SettingsError
from extractors.settings import load_settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("COMMUNIQUE_HOME", "COMMUNIQUE_SOURCES"):
        monkeypatch.delenv(name, raising=False)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("communique.yml").write_text("home: from_file\nprocesses: 3\n")
    monkeypatch.setenv("COMMUNIQUE_HOME", "from_environment")
    settings = load_settings()
    assert settings.home == Path("from_environment")
    assert settings.processes == 3


def test_arguments_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_HOME", "from_environment")
    assert load_settings(home=Path("from_argument")).home == Path("from_argument")
    assert load_settings(home=None).home == Path("from_environment")


def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_PROCESSES", "many")
    with pytest.raises(SettingsError, match=r"processes = 'many'.*\n.*COMMUNIQUE_PROCESSES"):
        load_settings()


def test_an_unknown_name_in_the_file_is_named() -> None:
    Path("communique.yml").write_text("hom: data\n")
    with pytest.raises(SettingsError, match=r"communique.yml: hom = 'data': Extra inputs"):
        load_settings()


@pytest.mark.parametrize("content", [b"home: [", b"\xff\xfe\x00bad", b"- a\n- list\n"])
def test_an_unreadable_file_is_named(content: bytes) -> None:
    Path("communique.yml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"communique.yml"):
        load_settings()
