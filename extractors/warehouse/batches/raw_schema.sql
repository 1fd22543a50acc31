-- One row per column of the raw tables, as landing/schema.py has it and as it stands in the build file.
with expected as (
    select table_name, column_name, column_type from expected_columns
),

actual as (
    select table_name, column_name, data_type as column_type
    from duckdb_columns()
    where schema_name = 'raw' and table_name in (select table_name from expected)
)

select
    coalesce(expected.table_name, actual.table_name) as table_name,
    coalesce(expected.column_name, actual.column_name) as column_name,
    coalesce(expected.column_type, 'no such column') as expected_type,
    coalesce(actual.column_type, 'missing') as actual_type,
    concat_ws(' ', coalesce(expected.table_name, actual.table_name), coalesce(expected.column_name, actual.column_name))
        || ': expected ' || expected_type || ', found ' || actual_type as column_report,
    expected_type = actual_type as is_as_landed
from expected
full join actual using (table_name, column_name)
order by all
