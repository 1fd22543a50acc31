"""A checked build into the snapshot that readers open: written beside it, then swapped in by one rename."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import GateError
from extractors.home import Home, write_atomically
from extractors.warehouse.database import connect
from extractors.warehouse.digests import digest_tables, tables_of

# Clients from DuckDB 1.2 on can open what is published.
STORAGE_VERSION = "v1.2.0"
# Times of the run itself; two runs over the same news differ in nothing else.
RUN_TIMES = ("loaded_at", "checked_at", "built_at", "quarantined_at")
# What `communique status` reads beside the marts.
BESIDE_MARTS = {
    "ops.nights": "select * from build.ops.nights order by night",
    "ops.fetch_outcomes": """
        select night, source, outcome, count(*) as urls
        from build.raw.fetches group by all order by all
    """,
    "quarantine.rows": """
        select * from build.quarantine.rows order by table_name, row_key, night, expectation
    """,
}


def publish(*, home: Home, night: date, keep: int, now: datetime) -> Path:
    """Swap the latest build in as `home.snapshot`, Parquet and MANIFEST.json beside it.

    Readers that have the old snapshot open go on reading it. The old one moves to `history/`, of which
    the newest `keep` stay. What is published already is left alone.

    Raises:
        GateError: the night or the latest build has not passed its gate.
    """
    build_id = _checked_build(home, night)
    workshop = home.published / ".tmp"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    try:
        tables = _write_snapshot(home, workshop, night, build_id)
        manifest = {"night": str(night), "build_id": build_id, "tables": tables}
        if not _is_published(home, manifest):
            _keep_current(home, build_id, night, keep)
            (workshop / "communique.duckdb").replace(home.snapshot)
            write_atomically(
                home.published / "parquet", lambda folder: shutil.copytree(workshop / "parquet", folder)
            )
            _write_manifest(home, {**manifest, "published_at": now.isoformat()})
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return home.snapshot


def _checked_build(home: Home, night: date) -> str:
    with connect(home.build_database, read_only=True) as connection:
        nights = connection.execute(
            "select checked_at from ops.nights where night = ? and is_checked", [night]
        ).fetchall()
        builds = connection.execute(
            "select build_id, is_checked, built_at from ops.builds order by built_at desc, build_id limit 1"
        ).fetchall()
    if not nights:
        raise _refusal(f"night {night} has not passed the gate on raw", night)
    if not builds or not builds[0][1]:
        raise _refusal("the latest build has not passed the gate on the marts", night)
    build_id, _, built_at = builds[0]
    if nights[0][0] is not None and built_at < nights[0][0]:
        raise _refusal(f"build {build_id} is older than the gate that night {night} passed", night)
    return str(build_id)


def _refusal(what: str, night: date) -> GateError:
    return GateError(
        what,
        where=f"publish {night}",
        next_step=f"run night {night} again and read what its gates report; the last snapshot stays in place",
    )


def _write_snapshot(home: Home, workshop: Path, night: date, build_id: str) -> dict[str, dict[str, Any]]:
    """Fill a new snapshot and its Parquet in `workshop`; rows and digest of each table."""
    path = workshop / "communique.duckdb"
    connection = duckdb.connect(path, config={"storage_compatibility_version": STORAGE_VERSION})
    try:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {_quoted(home.build_database)} as build (read_only)")
        _copy_tables(connection)
        connection.execute("detach build")
        connection.execute(
            "create table ops.publication as select ?::date as night, ?::varchar as build_id",
            [night, build_id],
        )
        _write_parquet(connection, workshop / "parquet")
        tables = _describe(connection)
        connection.execute("checkpoint")
    finally:
        connection.close()
    return tables


def _copy_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema ops")
    connection.execute("create schema quarantine")
    names = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'build' and schema_name = 'marts'"
    ).fetchall()
    for (name,) in sorted(names):
        # A mart's first column is its key.
        connection.execute(f'create table main."{name}" as from build.marts."{name}" order by 1')
    for name, query in BESIDE_MARTS.items():
        connection.execute(f"create table {name} as {query}")


def _write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir()
    for name in tables_of(connection, "main"):
        connection.execute(f'copy main."{name}" to {_quoted(folder / f"{name}.parquet")} (format parquet)')


def _describe(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    described = {}
    for schema in ("main", "ops", "quarantine"):
        digests = digest_tables(connection, schema=schema, exclude_columns=RUN_TIMES)
        for name, digest in digests.items():
            rows = connection.execute(f'select count(*) from "{schema}"."{name}"').fetchall()[0][0]
            label = name if schema == "main" else f"{schema}.{name}"
            described[label] = {"rows": int(rows), "digest": digest}
    return described


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def read_manifest(home: Home) -> dict[str, Any] | None:
    try:
        manifest: dict[str, Any] = json.loads((home.published / "MANIFEST.json").read_text())
    except (OSError, ValueError):
        return None
    return manifest


def _write_manifest(home: Home, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, indent=2) + "\n"
    write_atomically(home.published / "MANIFEST.json", lambda path: path.write_text(text))


def _is_published(home: Home, manifest: dict[str, Any]) -> bool:
    """The manifest is written last: where it says so, the snapshot and the Parquet are there too."""
    current = read_manifest(home) or {}
    current.pop("published_at", None)
    return current == manifest and home.snapshot.exists() and (home.published / "parquet").is_dir()


def _keep_current(home: Home, build_id: str, night: date, keep: int) -> None:
    """Set the current snapshot aside, unless it is of the same night and build or there is none."""
    history = home.published / "history"
    history.mkdir(exist_ok=True)
    if home.snapshot.exists():
        current = _identity(home.snapshot)
        if current != (night, build_id):
            kept = history / f"communique-{current[0]}-{current[1]}.duckdb"
            write_atomically(kept, lambda path: _link(home.snapshot, path))
    for old in _newest_first(history)[keep:]:
        old.unlink()


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _identity(snapshot: Path) -> tuple[date, str]:
    with connect(snapshot, read_only=True) as connection:
        night, build_id = connection.execute("select night, build_id from ops.publication").fetchall()[0]
    return night, str(build_id)


def _newest_first(history: Path) -> list[Path]:
    kept = history.glob("communique-*.duckdb")
    return sorted(kept, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
