with articles as (

    select * from {{ ref('int_articles__current') }}
    where is_readable

),

article_groups as (

    select * from {{ ref('stg_raw__article_groups') }}

),

grouped as (

    select
        articles.*,
        coalesce(article_groups.article_group_id, articles.article_id) as article_group_id
    from articles
    left join article_groups
        on
            articles.article_id = article_groups.article_id
            and articles.night_date = article_groups.night_date

),

ranked as (

    select
        *,
        first_value(outlet_id) over earliest_first as origin_outlet_id,
        row_number() over earliest_first = 1 as is_representative
    from grouped
    window earliest_first as (
        partition by article_group_id
        order by published_at, article_id
        rows between unbounded preceding and unbounded following
    )

),

final as (

    select
        article_id,
        article_group_id,
        outlet_id,
        origin_outlet_id,
        url,
        title,
        authors,
        language,
        article_kind,
        dateline,
        text_digest,
        text_length,
        version_count,
        is_representative,
        night_date,
        first_night_date,
        last_night_date,
        published_at,
        modified_at,
        fetched_at
    from ranked

)

select * from final
