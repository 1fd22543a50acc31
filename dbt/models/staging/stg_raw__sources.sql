with landed as (

    select landed.*
    from {{ source('raw', 'sources') }} as landed
    inner join {{ source('ops', 'nights') }} as nights
        on landed.night = nights.night and nights.is_checked

),

final as (

    select
        source as outlet_id,
        country as country_code,
        title as outlet_title,
        language,
        ownership,
        night as night_date
    from landed

)

select * from final
