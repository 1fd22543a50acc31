"""`expectations/limits.yml` into the typed limits of the gates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.errors import SettingsError
from extractors.settings import PROJECT_ROOT

EXPECTATIONS = PROJECT_ROOT / "expectations"
LIMITS_FILE = EXPECTATIONS / "limits.yml"

Share = Annotated[float, Field(ge=0, le=1)]


class Limits(BaseModel):
    """What the gates allow; the file says what each is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    earliest_event_date: date
    event_horizon_days: int = Field(ge=0)
    earliest_published_at: date
    published_slack_hours: int = Field(ge=0)
    ignored_failures: int = Field(ge=1)
    max_share_fetch_errors: Share
    max_share_unreadable_pages: Share
    max_share_articles_held: Share
    max_share_mentions_held: Share
    max_share_mentions_without_actor: Share
    trailing_nights: int = Field(ge=1)
    least_trailing_nights: int = Field(ge=1)
    least_volume_ratio: float = Field(ge=0)
    most_volume_ratio: float = Field(gt=0)
    warn_share_sources_failed: Share
    warn_share_undated_articles: Share
    warn_class_mix_distance: Share


def load_limits(path: Path = LIMITS_FILE) -> Limits:
    """The limits.

    Raises:
        SettingsError: a file that cannot be read, or a limit that is missing, unknown or out of range.
    """
    try:
        return Limits.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "limits"
        raise SettingsError(
            f"{name} = {first.get('input')!r}: {first['msg']}",
            where=str(path),
            next_step=f"correct `{name}:`",
        ) from error
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(
            f"cannot be read: {error}", where=str(path), next_step="restore it from git"
        ) from error
