with mentions as (

    select * from {{ ref('int_mentions__resolved') }}
    where family = 'military_exercise' and is_counted

),

final as (

    select
        mention_id,
        article_id,
        {{ normalised_name('exercise_name') }} as exercise_name,
        {{ normalised_name('exercise_series') }} as exercise_series,
        case
            when {{ is_empty('exercise_participants') }}
                then {{ sorted_set('source_country_codes || target_country_codes') }}
            else {{ sorted_set('exercise_participants') }}
        end as participants,
        {{ sorted_set('exercise_domains') }} as domains,
        {{ sorted_set('exercise_assets') }} as assets,
        {{ sorted_set('exercise_directed_at') }} as directed_at,
        place_country_code,
        coalesce(exercise_start_date, event_date) as exercise_date,
        arrival
    from mentions

)

select * from final
