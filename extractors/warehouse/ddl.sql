-- Tables that load and the gates write; everything else in the warehouse is made by dbt.
create schema if not exists raw;
create schema if not exists ops;
create schema if not exists quarantine;

-- A night is invisible to the models until the gate on raw has passed it.
create table if not exists ops.nights (
    night date primary key,
    load_digest varchar not null,
    loaded_at timestamptz not null,
    is_checked boolean not null default false,
    checked_at timestamptz
);

-- One row per dbt build; publish takes only the latest, and only when the gate on the marts passed it.
create table if not exists ops.builds (
    build_id varchar primary key,
    built_at timestamptz not null,
    is_checked boolean not null default false,
    checked_at timestamptz
);

-- One row per raw row held back and expectation it failed; staging leaves out what is not released.
create table if not exists quarantine.rows (
    table_name varchar not null,
    row_key varchar not null,
    night date not null,
    expectation varchar not null,
    reason varchar not null,
    payload json not null,
    is_released boolean not null default false,
    quarantined_at timestamptz not null,
    primary key (table_name, row_key, night, expectation)
);
