with countries as (

    select * from {{ ref('countries') }}

),

final as (

    select
        iso3 as country_code,
        iso2 as iso2_code,
        cameo_code,
        fips_code,
        name as country_name,
        official_name,
        capital,
        region,
        lat,
        lon
    from countries

)

select * from final
