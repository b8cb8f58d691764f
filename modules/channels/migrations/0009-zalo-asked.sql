-- When somebody last did something at an account stands in one table for all providers; of Zalo's followers only what it was asked is left.
insert into loa.heard_last as h (commune_id, account_id, address, at)
select commune_id, account_id, address, last_at from loa.zalo_follower where last_at is not null
on conflict (commune_id, account_id, address) do update set at = greatest(h.at, excluded.at);
delete from loa.zalo_follower where asked_at is null;
alter table loa.zalo_follower drop column last_at;
alter table loa.zalo_follower alter column asked_at set not null;
alter table loa.zalo_follower rename to zalo_asked;
