-- One row: what the night looks like as a whole. A null measure does not apply: a share whose failures are
-- too few to be a trend, a ratio without enough nights behind it, a volume on an empty night.
with fetches as (select * from raw.fetches where night = $night),

articles as (
    select
        articles.*,
        held.article_id is not null as is_held,
        kind in ('article', 'opinion', 'live_blog') as is_article
    from raw.articles as articles
    left join held_articles as held using (article_id)
    where night = $night
),

mentions as (
    select
        mentions.*,
        held.mention_id is not null as is_held,
        len(coalesce(sources, [])) + len(coalesce(targets, [])) = 0 as is_without_actor
    from raw.mentions as mentions
    left join held_mentions as held using (mention_id)
    where night = $night
),

recent_nights as (
    select night
    from ops.nights
    where night < $night and night >= $night - to_days($trailing_nights)
),

sources_seen as (
    select
        source,
        bool_or(outcome in ('fetched', 'not_modified', 'unchanged')) as is_reachable
    from fetches
    group by source
),

fetch_counts as (
    select
        count(*) filter (outcome <> 'disallowed') as attempts,
        count(*) filter (outcome = 'error') as fetch_errors
    from fetches
),

source_counts as (
    select count(*) as sources_tried, count(*) filter (is_reachable) as sources_reachable from sources_seen
),

article_counts as (
    select
        count(*) as pages,
        count(*) filter (is_article and not is_held) as articles_passed,
        count(*) filter (is_held) as articles_held,
        count(*) filter (kind in ('error_page', 'empty', 'stub')) as pages_unreadable,
        count(*) filter (is_article and published_at is null) as articles_undated
    from articles
),

mention_counts as (
    select
        count(*) as mentions,
        count(*) filter (is_held) as mentions_held,
        count(*) filter (is_without_actor) as mentions_without_actor
    from mentions
),

article_volumes as (
    select recent_nights.night, count(a.article_id) as articles
    from recent_nights
    left join raw.articles as a on a.night = recent_nights.night and a.kind in ('article', 'opinion', 'live_blog')
    group by recent_nights.night
),

mention_volumes as (
    select recent_nights.night, count(m.mention_id) as mentions
    from recent_nights
    left join raw.mentions as m on m.night = recent_nights.night
    group by recent_nights.night
),

usual as (
    select
        (select count(*) from recent_nights) >= $least_trailing_nights as is_known,
        (select nullif(median(articles), 0) from article_volumes) as usual_articles,
        (select nullif(median(mentions), 0) from mention_volumes) as usual_mentions
),

class_shares as (
    select
        m.cameo_root,
        count(*) filter (m.night = $night) / nullif(sum(count(*) filter (m.night = $night)) over (), 0) as now,
        count(*) filter (m.night < $night) / nullif(sum(count(*) filter (m.night < $night)) over (), 0) as before
    from raw.mentions as m
    where m.night = $night or m.night in (select night from recent_nights)
    group by m.cameo_root
),

class_mix as (select sum(abs(now - before)) / 2 as distance from class_shares),

usual_sources as (
    select a.source
    from raw.articles as a
    where a.night in (select night from recent_nights) and a.source in (select source from raw.sources where night = $night)
    group by a.source
    having count(distinct a.night) > 0.5 * (select count(*) from recent_nights)
),

silent as (
    select string_agg(source, ', ' order by source) as sources
    from usual_sources
    where source not in (select source from articles)
),

final as (
    select
        sources_tried,
        sources_reachable,
        attempts,
        fetch_errors,
        pages,
        articles_passed,
        mention_counts.mentions,
        pages = 0 and sources_reachable > 0 as is_empty_night,
        case when fetch_errors >= $ignored_failures then fetch_errors / attempts end as share_fetch_errors,
        1 - sources_reachable / nullif(sources_tried, 0) as share_sources_failed,
        case when pages > 0 or sources_reachable = 0 then articles_passed end as articles_if_not_empty,
        case when pages_unreadable >= $ignored_failures then pages_unreadable / pages end as share_unreadable_pages,
        case when articles_held >= $ignored_failures then articles_held / pages end as share_articles_held,
        case when mentions_held >= $ignored_failures then mentions_held / mentions end as share_mentions_held,
        case when mentions_without_actor >= $ignored_failures then mentions_without_actor / mentions end
            as share_mentions_without_actor,
        case when articles_undated >= $ignored_failures then articles_undated / pages end as share_undated_articles,
        case when usual.is_known and pages > 0 then articles_passed / usual_articles end as article_volume_ratio,
        case when usual.is_known and pages > 0 then mentions / usual_mentions end as mention_volume_ratio,
        case when usual.is_known and mentions >= 20 then distance end as class_mix_distance,
        case when usual.is_known then silent.sources end as silent_sources
    from fetch_counts, source_counts, article_counts, mention_counts, usual, class_mix, silent
)

select * from final
