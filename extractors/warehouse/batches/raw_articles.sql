-- One row per page of the night, with what the row-level expectations look at. A readable page is one that
-- goes on to coding; the other kinds need a reason instead of a title and a text.
with pages as (
    select *, coalesce(kind in ('article', 'opinion'), false) as is_readable
    from raw.articles
    where night = $night
)

select
    article_id,
    source,
    url,
    kind,
    language,
    published_at,
    modified_at,
    fetched_at,
    warc_file,
    octet_length(minhash) as minhash_bytes,
    not is_readable or coalesce(trim(title) <> '', false) as has_needed_title,
    not is_readable or coalesce(trim(text) <> '', false) as has_needed_text,
    not is_readable or text_digest is not null as has_needed_digest,
    is_readable or coalesce(trim(reason) <> '', false) as has_needed_reason,
    published_at <= least(fetched_at, $now) + to_hours($published_slack_hours) as is_published_in_time,
    published_at >= $earliest_published_at as is_published_in_our_time,
    modified_at <= least(fetched_at, $now) + to_hours($published_slack_hours) as is_modified_in_time,
    fetched_at <= $now + to_hours($published_slack_hours) as is_fetched_in_time,
    is_readable as is_readable
from pages
order by article_id
