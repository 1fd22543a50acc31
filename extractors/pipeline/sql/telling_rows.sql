-- the rows that most outlets tell, the three families in turn
with concessions as (
    select
        'concession' as family,
        event_id,
        source_country_codes as who,
        target_country_codes as whom,
        coalesce(conceded, kind) as what,
        stage as status,
        evidence_text as evidence,
        outlet_count,
        confidence
    from fct_concessions
),

threats as (
    select
        'threat' as family,
        event_id,
        source_country_codes as who,
        target_country_codes as whom,
        coalesce(threatened_action, kind) as what,
        coalesce(condition, modality) as status,
        evidence_text as evidence,
        outlet_count,
        confidence
    from fct_threats
),

exercises as (
    select
        'exercise' as family,
        exercise_id as event_id,
        participant_codes as who,
        directed_at_codes as whom,
        coalesce(exercise_name, array_to_string(domains, ', ') || ' exercise') as what,
        status || case when status_change_count > 1 then ' (' || status_change_count || ' changes)' else '' end
            as status,
        evidence_text as evidence,
        outlet_count,
        0.0 as confidence
    from fct_military_exercises
),

ranked as (
    select
        *,
        row_number() over (
            partition by family
            order by outlet_count desc, len(coalesce(who, [])) > 0 desc, len(coalesce(whom, [])) > 0 desc,
                confidence desc, event_id
        ) as place
    from (select * from concessions union all select * from threats union all select * from exercises)
)

select
    family,
    array_to_string(who, ', ') as who,
    array_to_string(whom, ', ') as whom,
    what,
    status,
    evidence
from ranked
order by place, family
limit 10
