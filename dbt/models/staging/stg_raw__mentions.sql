with landed as (

    {{ passed_rows('mentions', 'mention_id') }}

),

final as (

    select
        mention_id,
        article_id,
        family,
        cameo_code,
        cameo_root,
        plover as plover_code,
        quad_class,
        sources as source_actors,
        targets as target_actors,
        modality,
        date_precision,
        place_name,
        place_country as place_country_code,
        trigger_text,
        sentence_text,
        attribution,
        path as coding_path,
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
        exercise_exercise_name as exercise_name,
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
        concession_is_conditional,
        threat_is_ultimatum,
        exercise_is_live_fire,
        exercise_is_command_post,
        event_date,
        exercise_start_date,
        exercise_end_date,
        night as night_date
    from landed

)

select * from final
