-- A provider may tell more than that a message is there: it was seen, its button was pressed.
alter table loa.handed_part drop constraint handed_part_state_check;
alter table loa.handed_part add constraint handed_part_state_check check (state in ('delivered', 'failed', 'seen', 'acknowledged'));
-- The address it went to, and whether other homes name it: then a button pressed speaks for none of them.
alter table loa.handed_part add column address text;
alter table loa.handed_part add column is_shared boolean not null default false;

-- By which channel the newest message went: an answer is evidence of that one.
alter table loa.talk add column channel text not null default 'sms';
