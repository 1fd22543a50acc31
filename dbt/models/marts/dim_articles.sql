with articles as (

    select * from {{ ref('int_articles__grouped') }}

),

final as (

    select
        article_id,
        article_group_id,
        outlet_id,
        origin_outlet_id,
        article_kind,
        language,
        url,
        title,
        authors,
        dateline,
        text_digest,
        text_length,
        version_count,
        is_representative,
        first_night_date,
        last_night_date,
        cast(published_at as date) as published_date,
        published_at,
        modified_at
    from articles

)

select * from final
