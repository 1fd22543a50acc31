with mentions as (

    select * from {{ ref('stg_raw__mentions') }}

),

-- An edited article keeps the sentences that it does not touch: they were told on the first night.
final as (

    select
        article_id,
        sentence_text,
        trigger_text,
        cameo_code,
        coalesce(family, '') as family_key,
        min(night_date) as first_told_date
    from mentions
    group by article_id, sentence_text, trigger_text, cameo_code, coalesce(family, '')

)

select * from final
