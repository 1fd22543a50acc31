with landed as (

    select landed.*
    from {{ source('raw', 'fetches') }} as landed
    inner join {{ source('ops', 'nights') }} as nights
        on landed.night = nights.night and nights.is_checked

),

final as (

    select
        source as outlet_id,
        url,
        final_url,
        outcome,
        reason,
        status as http_status,
        bytes as byte_count,
        night as night_date,
        {{ utc('fetched_at') }} as fetched_at
    from landed

)

select * from final
