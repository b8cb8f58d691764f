-- When an account last did what it was asked for, and when it last was in trouble: noted with the counts of the day.
alter table loa.channel_use add column accepted_at timestamptz;
alter table loa.channel_use add column troubled_at timestamptz;
alter table loa.channel_use add column trouble text;
