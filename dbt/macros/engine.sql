{#- What engines put differently, each in one place. Another engine overrides `duckdb__...`. -#}

{#- A time with zone as a time in UTC without one: what every BI tool reads the same way. -#}
{% macro utc(column) -%}{{ return(adapter.dispatch('utc')(column)) }}{%- endmacro %}
{% macro duckdb__utc(column) -%}({{ column }} at time zone 'UTC'){%- endmacro %}

{#- Sorted set of the actors' countries; an actor of no country stands for itself with its code, if it has one. -#}
{% macro actor_keys(actors) -%}{{ return(adapter.dispatch('actor_keys')(actors)) }}{%- endmacro %}
{% macro duckdb__actor_keys(actors) -%}
    list_sort(list_distinct(list_transform(coalesce({{ actors }}, []), lambda a: coalesce(a.country, nullif(a.code, '')))))
{%- endmacro %}

{#- Sorted set of the actors' countries alone. -#}
{% macro actor_countries(actors) -%}{{ return(adapter.dispatch('actor_countries')(actors)) }}{%- endmacro %}
{% macro duckdb__actor_countries(actors) -%}
    list_sort(list_distinct(list_transform(coalesce({{ actors }}, []), lambda a: a.country)))
{%- endmacro %}

{#- A field of the first actor of a side; null where the side is empty. -#}
{% macro lead_actor(actors, field) -%}{{ return(adapter.dispatch('lead_actor')(actors, field)) }}{%- endmacro %}
{% macro duckdb__lead_actor(actors, field) -%}{{ actors }}[1].{{ field }}{%- endmacro %}

{#- The country of the first actor of a side that has one. -#}
{% macro lead_country(actors) -%}{{ return(adapter.dispatch('lead_country')(actors)) }}{%- endmacro %}
{% macro duckdb__lead_country(actors) -%}
    list_filter(list_transform(coalesce({{ actors }}, []), lambda a: a.country), lambda c: c is not null)[1]
{%- endmacro %}

{% macro sorted_set(list) -%}{{ return(adapter.dispatch('sorted_set')(list)) }}{%- endmacro %}
{% macro duckdb__sorted_set(list) -%}list_sort(list_distinct(coalesce({{ list }}, []))){%- endmacro %}

{% macro joined(list, separator) -%}{{ return(adapter.dispatch('joined')(list, separator)) }}{%- endmacro %}
{% macro duckdb__joined(list, separator) -%}array_to_string({{ list }}, '{{ separator }}'){%- endmacro %}

{% macro is_empty(list) -%}{{ return(adapter.dispatch('is_empty')(list)) }}{%- endmacro %}
{% macro duckdb__is_empty(list) -%}coalesce(len({{ list }}), 0) = 0{%- endmacro %}

{#- Aggregates: the sorted set of all items of a group's lists. -#}
{% macro union_of(list) -%}{{ return(adapter.dispatch('union_of')(list)) }}{%- endmacro %}
{% macro duckdb__union_of(list) -%}
    list_sort(list_distinct(coalesce(flatten(list({{ list }}) filter (where {{ list }} is not null)), [])))
{%- endmacro %}

{#- Aggregates: the value at the lowest or highest rank, rows without a value left out. -#}
{% macro value_at_lowest(column, rank) -%}{{ return(adapter.dispatch('value_at_lowest')(column, rank)) }}{%- endmacro %}
{% macro duckdb__value_at_lowest(column, rank) -%}arg_min({{ column }}, {{ rank }}){%- endmacro %}
{% macro value_at_highest(column, rank) -%}{{ return(adapter.dispatch('value_at_highest')(column, rank)) }}{%- endmacro %}
{% macro duckdb__value_at_highest(column, rank) -%}arg_max({{ column }}, {{ rank }}){%- endmacro %}

{#- One row per day from the earlier to the later date, as column `date_day`. -#}
{% macro days_between(first_day, last_day) -%}{{ return(adapter.dispatch('days_between')(first_day, last_day)) }}{%- endmacro %}
{% macro duckdb__days_between(first_day, last_day) -%}
    select cast(unnest(range({{ first_day }}, {{ last_day }} + interval 1 day, interval 1 day)) as date) as date_day
{%- endmacro %}

{#- One row per item of a list. -#}
{% macro items_of(list) -%}{{ return(adapter.dispatch('items_of')(list)) }}{%- endmacro %}
{% macro duckdb__items_of(list) -%}unnest({{ list }}){%- endmacro %}

{#- Items of the first list that are not in the second. -#}
{% macro without(list, other) -%}{{ return(adapter.dispatch('without')(list, other)) }}{%- endmacro %}
{% macro duckdb__without(list, other) -%}list_filter({{ list }}, lambda c: not list_contains({{ other }}, c)){%- endmacro %}

{#- Items of the first list that are in the second. -#}
{% macro common_to(list, other) -%}{{ return(adapter.dispatch('common_to')(list, other)) }}{%- endmacro %}
{% macro duckdb__common_to(list, other) -%}list_filter({{ list }}, lambda c: list_contains({{ other }}, c)){%- endmacro %}

{#- Aggregates: all values of a column as one list. -#}
{% macro collected(column) -%}{{ return(adapter.dispatch('collected')(column)) }}{%- endmacro %}
{% macro duckdb__collected(column) -%}list({{ column }}){%- endmacro %}
