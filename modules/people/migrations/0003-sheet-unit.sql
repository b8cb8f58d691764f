-- The village whose list gave the home its number, where that is not the village it lies in today (after a merger or split).
alter table loa.household add column sheet_unit uuid references loa.unit;
