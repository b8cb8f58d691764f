-- A wrong tap is taken back: an entry that corrects another and says nothing of the home itself.
alter table loa.visit drop constraint visit_outcome_check;
alter table loa.visit add constraint visit_outcome_check
  check (outcome in ('told', 'told_by_neighbour', 'nobody_home', 'moved', 'refused') or outcome = 'taken_back' and corrects is not null);
