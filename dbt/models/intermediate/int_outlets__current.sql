with outlets as (

    select * from {{ ref('stg_raw__sources') }}

),

articles as (

    select * from {{ ref('stg_raw__articles') }}

),

-- An outlet that has left the sources file stays, with the facts it had last.
seen as (

    select outlet_id from outlets
    union
    select outlet_id from articles

),

latest as (

    select *
    from outlets
    qualify row_number() over (partition by outlet_id order by night_date desc) = 1

),

final as (

    select
        seen.outlet_id,
        latest.country_code,
        coalesce(latest.outlet_title, seen.outlet_id) as outlet_title,
        latest.language,
        latest.ownership,
        latest.night_date as last_listed_date
    from seen
    left join latest on seen.outlet_id = latest.outlet_id

)

select * from final
