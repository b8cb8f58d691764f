-- The village that a group was named under before a merger or split took it along.
alter table loa.group_of_people add column moved_with uuid, add column unit_before uuid references loa.unit;
