-- One row per URL fetched in the night.
select
    url,
    source,
    outcome,
    status,
    bytes,
    fetched_at,
    outcome not in ('fetched', 'not_modified') or fetched_at is not null as has_needed_time,
    outcome = 'fetched' or reason is not null as has_needed_reason,
    fetched_at <= $now + to_hours($published_slack_hours) as is_fetched_in_time,
    source in (select source from raw.sources where night = $night) as is_listed_source
from raw.fetches
where night = $night
order by source, url
