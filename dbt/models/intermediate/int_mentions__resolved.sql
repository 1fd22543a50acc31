with mentions as (

    select * from {{ ref('stg_raw__mentions') }}

),

articles as (

    select * from {{ ref('int_articles__grouped') }}

),

first_told as (

    select * from {{ ref('int_mentions__first_told') }}

),

-- Only the current version of an article counts: mentions of earlier versions fall away here.
current_mentions as (

    select
        mentions.*,
        articles.article_group_id,
        articles.outlet_id,
        articles.origin_outlet_id,
        articles.is_representative,
        first_told.first_told_date,
        case
            when first_told.first_told_date = articles.first_night_date then articles.published_at
            else coalesce(articles.modified_at, articles.fetched_at)
        end as reported_at
    from mentions
    inner join articles
        on
            mentions.article_id = articles.article_id
            and mentions.night_date = articles.night_date
    inner join first_told
        on
            mentions.article_id = first_told.article_id
            and mentions.sentence_text = first_told.sentence_text
            and mentions.trigger_text = first_told.trigger_text
            and mentions.cameo_code = first_told.cameo_code
            and coalesce(mentions.family, '') = first_told.family_key

),

final as (

    select
        mention_id,
        article_id,
        article_group_id,
        outlet_id,
        origin_outlet_id,
        family,
        cameo_code,
        cameo_root,
        plover_code,
        quad_class,
        source_actors,
        target_actors,
        nullif({{ lead_actor('source_actors', 'code') }}, '') as source_actor_code,
        nullif({{ lead_actor('target_actors', 'code') }}, '') as target_actor_code,
        {{ lead_actor('source_actors', 'name') }} as source_actor_name,
        {{ lead_actor('target_actors', 'name') }} as target_actor_name,
        {{ lead_country('source_actors') }} as source_country_code,
        {{ lead_country('target_actors') }} as target_country_code,
        {{ actor_countries('source_actors') }} as source_country_codes,
        {{ actor_countries('target_actors') }} as target_country_codes,
        {{ actor_keys('source_actors') }} as source_keys,
        {{ actor_keys('target_actors') }} as target_keys,
        modality,
        place_country_code,
        place_name,
        trigger_text,
        sentence_text,
        attribution,
        coding_path,
        concession_kind,
        concession_conceded,
        concession_stage,
        concession_demanded_by,
        concession_in_exchange_for,
        concession_reason,
        threat_kind,
        threat_threatened_action,
        threat_condition,
        threat_demand,
        threat_deadline,
        threat_speaker,
        exercise_name,
        exercise_series,
        exercise_participants,
        exercise_host,
        exercise_directed_at,
        exercise_domains,
        exercise_assets,
        exercise_location,
        exercise_status,
        exercise_reason,
        goldstein,
        place_lat,
        place_lon,
        trigger_start,
        trigger_end,
        sentence_index,
        sentence_start,
        sentence_end,
        confidence,
        exercise_personnel,
        coalesce(confidence, 0) >= case
            when coalesce(family, '') = 'military_exercise' then {{ var('least_confidence_of_exercises') }}
            else {{ var('least_confidence') }}
        end
        and (
            modality in ('asserted', 'planned')
            or (coalesce(family, '') = 'threat' and modality = 'conditional')
        ) as is_counted,
        is_representative,
        concession_is_conditional,
        threat_is_ultimatum,
        exercise_is_live_fire,
        exercise_is_command_post,
        case when event_date is null then 'publication' else coalesce(date_precision, 'unknown') end
            as date_precision,
        coalesce(event_date, cast(reported_at as date)) as event_date,
        exercise_start_date,
        exercise_end_date,
        night_date,
        first_told_date,
        reported_at,
        row_number() over (
            order by first_told_date, reported_at, article_id, sentence_start, mention_id
        ) as arrival
    from current_mentions

)

select * from final
