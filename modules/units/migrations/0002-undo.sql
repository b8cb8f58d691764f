-- A merger or split as one act: its moment, and where the level below stood before it, so that it can be taken back as a new change.
create table loa.unit_act (
  commune_id int not null,
  id uuid not null,
  kind text not null check (kind in ('merge', 'split')),
  at timestamptz not null,
  -- [{unit, parent}] before the act
  below jsonb not null,
  undone_at timestamptz,
  primary key (commune_id, id)
);

-- undone_on: from that day the change says nothing of what became of its units; it stays in their history.
alter table loa.unit_change add column act_id uuid, add column undone_on date;
alter table loa.unit_change drop constraint unit_change_kind_check;
alter table loa.unit_change add constraint unit_change_kind_check
  check (kind in ('merge_whole', 'merge_part', 'split', 'rename', 'retype', 'create', 'close', 'undo_merge', 'undo_split'));
create index unit_change_act on loa.unit_change (act_id);
