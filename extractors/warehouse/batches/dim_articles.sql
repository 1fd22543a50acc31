-- One row: what is wrong with the articles, each measure null when nothing is.
with passed as (
    select articles.article_id
    from raw.articles as articles
    inner join ops.nights as nights on articles.night = nights.night and nights.is_checked
    left join quarantine.rows as held
        on held.table_name = 'raw.articles'
        and held.row_key = articles.article_id
        and held.night = articles.night
        and not held.is_released
    where held.row_key is null
    group by articles.article_id
),

articles as (
    select
        articles.*,
        passed.article_id is not null as has_passed,
        outlets.outlet_id is not null as has_outlet
    from marts.dim_articles as articles
    left join passed using (article_id)
    left join marts.dim_outlets as outlets using (outlet_id)
)

select
    count(*) as row_count,
    repeated(article_id) as repeated_keys,
    failing(not has_passed, article_id) as held_rows,
    failing(not has_outlet, article_id) as lost_outlets,
    failing(not coalesce(list_contains($article_kinds, article_kind), false), article_id) as unknown_kinds,
    failing(not list_contains($languages, language), article_id) as unknown_languages,
    failing(
        published_at > ($now at time zone 'UTC') + to_hours($published_slack_hours)
        or published_date is distinct from published_at::date,
        article_id
    ) as published_out_of_range,
    failing(first_night_date > last_night_date or version_count < 1, article_id) as impossible_versions
from articles
