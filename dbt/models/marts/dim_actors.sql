with mentions as (

    select * from {{ ref('int_mentions__resolved') }}

),

actor_types as (

    select * from {{ ref('actor_types') }}

),

actors as (

    select
        {{ items_of('source_actors') }} as actor,
        mention_id,
        reported_at
    from mentions
    union all
    select
        {{ items_of('target_actors') }} as actor,
        mention_id,
        reported_at
    from mentions

),

named as (

    select
        actor.code as actor_code,
        actor.name as actor_name,
        actor.country as country_code,
        actor.sector as sector_code,
        count(distinct mention_id) as mention_count,
        min(reported_at) as first_seen_at,
        max(reported_at) as last_seen_at
    from actors
    where actor.code <> ''
    group by actor.code, actor.name, actor.country, actor.sector

),

-- One code may go by several names (PRKGOV: a minister, a ministry): the commonest stands for it.
ranked as (

    select
        *,
        row_number() over (
            partition by actor_code
            order by mention_count desc, actor_name asc, country_code asc, sector_code asc
        ) as name_rank
    from named

),

summarised as (

    select
        actor_code,
        {{ value_at_lowest('actor_name', 'name_rank') }} as actor_name,
        {{ value_at_lowest('country_code', 'name_rank') }} as country_code,
        {{ value_at_lowest('sector_code', 'name_rank') }} as sector_code,
        count(distinct actor_name) as name_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from ranked
    group by actor_code

),

final as (

    select
        summarised.actor_code,
        summarised.country_code,
        summarised.sector_code,
        summarised.actor_name,
        actor_types.label as sector_label,
        summarised.name_count,
        summarised.first_seen_at,
        summarised.last_seen_at
    from summarised
    left join actor_types on summarised.sector_code = actor_types.code

)

select * from final
