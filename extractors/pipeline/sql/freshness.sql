-- what the snapshot holds and up to when
select
    (select count(*) from fct_events where is_counted) as events,
    (select count(*) from fct_event_mentions) as mentions,
    (select count(*) from dim_articles) as articles,
    (select max(night) from dim_articles) as last_night,
    (select max(published_at) from dim_articles) as latest_article
