{#- As many rows as another relation (or the part of it that `where_to` selects): none lost, none doubled. -#}
{% test row_count_equals(model, to, where_to='true') %}

with here as (

    select count(*) as row_count from {{ model }}

),

there as (

    select count(*) as row_count from {{ to }}
    where {{ where_to }}

)

select
    here.row_count as rows_here,
    there.row_count as rows_there
from here
cross join there
where here.row_count <> there.row_count

{% endtest %}
