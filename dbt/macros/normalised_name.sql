{#- "Exercise Max Thunder 2018" and "the Max Thunder drills" name one series: lower case, no year, no noun. -#}
{% macro normalised_name(column) -%}{{ return(adapter.dispatch('normalised_name')(column)) }}{%- endmacro %}
{% macro duckdb__normalised_name(column) -%}
    nullif(trim(regexp_replace(
        lower({{ column }}),
        '(\b(the|exercises?|drills?|manoeuvres|maneuvers|operation|(19|20)\d\d)\b|[^\w]|_)+', ' ', 'g'
    )), '')
{%- endmacro %}
