-- events by family, counted ones apart from those that are only kept
select
    coalesce(family, 'other CAMEO') as family,
    count(*) filter (is_counted) as events,
    count(*) filter (not is_counted) as kept_uncounted,
    coalesce(sum(mention_count) filter (is_counted), 0)::bigint as mentions,
    coalesce(max(outlet_count) filter (is_counted), 0) as most_outlets
from fct_events
group by all
order by events desc, family
