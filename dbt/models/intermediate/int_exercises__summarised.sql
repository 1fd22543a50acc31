with mentions as (

    select
        *,
        row_number() over (
            partition by exercise_id
            order by confidence desc, is_representative desc, arrival asc
        ) as exercise_rank
    from {{ ref('int_mentions__linked') }}
    where exercise_id is not null

),

final as (

    select
        exercise_id,
        {{ value_at_lowest('article_id', 'exercise_rank') }} as evidence_article_id,
        {{ value_at_lowest('exercise_name', 'exercise_rank') }} as exercise_name,
        {{ value_at_lowest('exercise_series', 'exercise_rank') }} as exercise_series,
        {{ value_at_lowest('exercise_host', 'exercise_rank') }} as host,
        {{ value_at_lowest('exercise_location', 'exercise_rank') }} as location,
        {{ value_at_lowest('place_country_code', 'exercise_rank') }} as place_country_code,
        {{ union_of('exercise_directed_at') }} as directed_at_codes,
        {{ union_of('exercise_domains') }} as domains,
        {{ union_of('exercise_assets') }} as assets,
        {{ value_at_lowest('sentence_text', 'exercise_rank') }} as evidence_text,
        {{ value_at_highest('exercise_personnel', 'arrival') }} as personnel,
        count(*) as mention_count,
        count(distinct article_id) as article_count,
        count(distinct article_group_id) as article_group_count,
        count(distinct outlet_id) as outlet_count,
        coalesce(bool_or(exercise_is_live_fire), false) as is_live_fire,
        coalesce(bool_or(exercise_is_command_post), false) as is_command_post,
        {{ value_at_highest('exercise_start_date', 'arrival') }} as start_date,
        {{ value_at_highest('exercise_end_date', 'arrival') }} as end_date,
        min(reported_at) as first_seen_at,
        max(reported_at) as last_seen_at
    from mentions
    group by exercise_id

)

select * from final
