{#- A count in one table adds up to the rows of another (or the part of it that `where_of` selects). -#}
{% test sum_equals_rows(model, column, of, where_of='true') %}

with here as (

    select coalesce(sum({{ column }}), 0) as row_count from {{ model }}

),

there as (

    select count(*) as row_count from {{ of }}
    where {{ where_of }}

)

select
    here.row_count as rows_here,
    there.row_count as rows_there
from here
cross join there
where here.row_count <> there.row_count

{% endtest %}
