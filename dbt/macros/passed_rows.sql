{#- Rows of a raw table whose night has passed the gate and that are not held in quarantine. -#}
{% macro passed_rows(table_name, key) -%}
    select landed.*
    from {{ source('raw', table_name) }} as landed
    inner join {{ source('ops', 'nights') }} as nights
        on landed.night = nights.night and nights.is_checked
    left join {{ source('quarantine', 'held') }} as held
        on
            landed.night = held.night
            and landed.{{ key }} = held.row_key
            and held.table_name = 'raw.{{ table_name }}'
            and not held.is_released
    where held.row_key is null
{%- endmacro %}
