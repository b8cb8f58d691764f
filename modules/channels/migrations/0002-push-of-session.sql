-- A phone stands for the homes of its session, whichever of them it joined from.
create index push_of_session on loa.push_subscription (commune_id, session_id) where dead_at is null;
