-- What the mart batches measure with: null when nothing fails, else how many rows and one of them.
create or replace temp macro failing(condition, key) as
    case
        when count(*) filter (condition) > 0
            then concat(
                count(*) filter (condition), ' of ', count(*), ' rows, such as ', min(key) filter (condition)
            )
    end;

create or replace temp macro repeated(key) as
    case
        when count(*) > count(distinct key)
            then concat(count(*) - count(distinct key), ' of ', count(*), ' rows repeat a key or have none')
    end;

create or replace temp macro unknown_in(codes, known) as
    len(list_filter(coalesce(codes, []), lambda code: not list_contains(known, code))) > 0;
