with landed as (

    {{ passed_rows('articles', 'article_id') }}

),

final as (

    select
        article_id,
        source as outlet_id,
        url,
        title,
        authors,
        language,
        kind as article_kind,
        dateline,
        text_digest,
        length(text) as text_length,
        night as night_date,
        {{ utc('published_at') }} as published_at,
        {{ utc('modified_at') }} as modified_at,
        {{ utc('fetched_at') }} as fetched_at
    from landed

)

select * from final
