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
    table_name,
    column_name,
    coalesce(expected.column_type, 'no such column') as expected_type,
    coalesce(actual.column_type, 'missing') as actual_type,
    case
        when expected_type <> actual_type
            then concat(table_name, ' ', column_name, ': expected ', expected_type, ', found ', actual_type)
    end as column_difference
from expected
full join actual using (table_name, column_name)
order by all
