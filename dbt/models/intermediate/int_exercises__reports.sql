with mentions as (

    select * from {{ ref('int_mentions__resolved') }}
    where family = 'military_exercise' and is_counted

),

countries as (

    select {{ collected('iso3') }} as country_codes from {{ ref('countries') }}

),

named as (

    select
        mentions.*,
        {{ common_to('mentions.exercise_participants', 'countries.country_codes') }} as named_participants
    from mentions
    cross join countries

),

final as (

    select
        mention_id,
        article_id,
        {{ normalised_name('exercise_name') }} as exercise_name,
        {{ normalised_name('exercise_series') }} as exercise_series,
        case
            when {{ is_empty('named_participants') }}
                then {{ sorted_set('source_country_codes || target_country_codes') }}
            else {{ sorted_set('named_participants') }}
        end as participants,
        {{ sorted_set('exercise_domains') }} as domains,
        {{ sorted_set('exercise_assets') }} as assets,
        {{ sorted_set('exercise_directed_at') }} as directed_at,
        place_country_code,
        coalesce(exercise_start_date, event_date) as exercise_date,
        arrival
    from named

)

select * from final
