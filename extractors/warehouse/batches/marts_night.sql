-- One row: what the build made of the night as a whole.
with nights as (select is_checked from ops.nights where night = $night),

held as (
    select row_key from quarantine.rows
    where table_name = 'raw.mentions' and night = $night and not is_released
),

-- Of articles with one version only; a later version takes the place of the mentions before it.
expected as (
    select mentions.mention_id
    from raw.mentions as mentions
    inner join marts.dim_articles as articles on articles.article_id = mentions.article_id
    where
        mentions.night = $night
        and articles.version_count = 1
        and mentions.mention_id not in (select row_key from held)
),

lost as (
    select failing(mention_id not in (select mention_id from marts.fct_event_mentions), mention_id) as lost_mentions
    from expected
),

strangers as (
    select failing(night_date not in (select night from ops.nights where is_checked), mention_id) as unchecked_rows
    from marts.fct_event_mentions
)

select
    coalesce((select is_checked from nights), false) as is_night_checked,
    lost_mentions,
    unchecked_rows
from lost, strangers
