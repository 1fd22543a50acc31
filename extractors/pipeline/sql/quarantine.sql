-- rows held back, by what they failed; a sample key to look one up with
select
    table_name,
    expectation,
    count(*) as rows_held,
    min(row_key) as example_key,
    min(reason) as example_reason
from quarantine
where not is_released
group by all
order by rows_held desc, table_name, expectation
