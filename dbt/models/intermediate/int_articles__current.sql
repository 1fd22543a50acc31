with versions as (

    select * from {{ ref('stg_raw__articles') }}

),

ranked as (

    -- An error page under the same address does not supersede the article that stood there.
    select
        *,
        article_kind in ('article', 'opinion', 'live_blog') as is_readable,
        row_number() over (
            partition by article_id
            order by
                article_kind in ('article', 'opinion', 'live_blog') desc,
                night_date desc
        ) as version_rank
    from versions

),

first_versions as (

    select
        article_id,
        count(*) as version_count,
        min(night_date) as first_night_date,
        max(night_date) as last_night_date,
        min(published_at) as published_at,
        min(fetched_at) as first_fetched_at
    from versions
    group by article_id

),

final as (

    select
        ranked.article_id,
        ranked.outlet_id,
        ranked.url,
        ranked.title,
        ranked.authors,
        ranked.language,
        ranked.article_kind,
        ranked.dateline,
        ranked.text_digest,
        ranked.text_length,
        first_versions.version_count,
        ranked.is_readable,
        ranked.night_date,
        first_versions.first_night_date,
        first_versions.last_night_date,
        coalesce(first_versions.published_at, first_versions.first_fetched_at) as published_at,
        ranked.modified_at,
        ranked.fetched_at
    from ranked
    inner join first_versions on ranked.article_id = first_versions.article_id
    where ranked.version_rank = 1

)

select * from final
