with mentions as (

    select * from {{ ref('int_mentions__linked') }}

),

-- A wire story is one witness, whoever carries it: the outlet that had it first.
witnesses as (

    select
        event_id,
        origin_outlet_id,
        least(max(confidence), 0.99) as confidence
    from mentions
    group by event_id, origin_outlet_id

),

ranked as (

    select
        *,
        row_number() over (partition by event_id order by confidence desc, origin_outlet_id asc) as witness_rank
    from witnesses

),

-- 1 - (1 - c1) * (1 - c2/2) * (1 - c3/2) ...: outlets err alike, so each further one weighs half.
final as (

    select
        event_id,
        count(*) as witness_count,
        round(
            1 - exp(sum(ln(1 - case when witness_rank = 1 then confidence else confidence / 2 end))), 6
        ) as confidence
    from ranked
    group by event_id

)

select * from final
