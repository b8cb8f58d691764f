-- Until when a home is to have its answer, and when whoever owes it was told that he is late: once.
alter table loa.question add column due_at timestamptz, add column late_told_at timestamptz;
update loa.question set due_at = at + interval '4 days';
alter table loa.question alter column due_at set not null;
create index question_late on loa.question (due_at) where answered_at is null and late_told_at is null;
