-- One row: what is wrong with the outlets, each measure null when nothing is.
with counts as (select outlet_id, count(*) as article_count from marts.dim_articles group by outlet_id),

outlets as (
    select outlets.*, coalesce(counts.article_count, 0) as articles_found
    from marts.dim_outlets as outlets
    left join counts using (outlet_id)
)

select
    count(*) as row_count,
    repeated(outlet_id) as repeated_keys,
    failing(not list_contains($countries, country_code), outlet_id) as unknown_countries,
    failing(not list_contains($languages, language), outlet_id) as unknown_languages,
    failing(article_count is distinct from articles_found, outlet_id) as wrong_counts
from outlets
