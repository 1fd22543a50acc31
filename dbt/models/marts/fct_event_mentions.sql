with mentions as (

    select * from {{ ref('int_mentions__linked') }}

),

final as (

    select
        mention_id,
        event_id,
        exercise_id,
        article_id,
        article_group_id,
        outlet_id,
        family,
        cameo_code,
        cameo_root,
        plover_code,
        quad_class,
        source_actor_code,
        target_actor_code,
        source_country_codes,
        target_country_codes,
        modality,
        place_country_code,
        place_name,
        trigger_text,
        sentence_text,
        attribution,
        coding_path,
        goldstein,
        trigger_start,
        trigger_end,
        sentence_index,
        sentence_start,
        sentence_end,
        evidence_rank,
        confidence,
        is_counted,
        date_precision,
        event_date,
        night_date,
        reported_at
    from mentions

)

select * from final
