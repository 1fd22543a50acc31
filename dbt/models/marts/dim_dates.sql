with events as (

    select * from {{ ref('int_events__summarised') }}

),

articles as (

    select * from {{ ref('int_articles__grouped') }}

),

known as (

    select event_date as date_day from events
    union all
    select cast(published_at as date) as date_day from articles

),

bounds as (

    select
        min(date_day) as first_day,
        max(date_day) as last_day
    from known

),

days as (

    {{ days_between('first_day', 'last_day') }}
    from bounds

),

final as (

    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(month from date_day) as integer) as month_number,
        cast(extract(isoyear from date_day) as integer) as iso_year_number,
        cast(extract(week from date_day) as integer) as iso_week_number,
        cast(extract(isodow from date_day) as integer) as iso_weekday_number,
        extract(isodow from date_day) in (6, 7) as is_weekend
    from days

)

select * from final
