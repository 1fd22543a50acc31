with landed as (

    select * from {{ source('raw', 'article_groups') }}

),

final as (

    select
        article_id,
        group_id as article_group_id,
        similarity,
        night as night_date
    from landed

)

select * from final
