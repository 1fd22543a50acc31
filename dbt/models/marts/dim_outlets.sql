with outlets as (

    select * from {{ ref('int_outlets__current') }}

),

articles as (

    select * from {{ ref('int_articles__grouped') }}

),

counts as (

    select
        outlet_id,
        count(*) as article_count,
        min(first_night_date) as first_night_date,
        max(last_night_date) as last_night_date
    from articles
    group by outlet_id

),

final as (

    select
        outlets.outlet_id,
        outlets.country_code,
        outlets.outlet_title,
        outlets.language,
        outlets.ownership,
        coalesce(counts.article_count, 0) as article_count,
        counts.first_night_date,
        counts.last_night_date
    from outlets
    left join counts on outlets.outlet_id = counts.outlet_id

)

select * from final
