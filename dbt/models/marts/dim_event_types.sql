with events as (

    select * from {{ ref('cameo_events') }}

),

roots as (

    select * from {{ ref('cameo_roots') }}

),

final as (

    select
        events.cameo_code,
        events.cameo_root,
        events.parent_code,
        events.plover as plover_code,
        events.quad_class,
        events.family,
        events.label,
        roots.label as root_label,
        events.goldstein
    from events
    inner join roots on events.cameo_root = roots.cameo_root

)

select * from final
