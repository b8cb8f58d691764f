export const unitsEn = {
  'problem.unit_unknown':
    'No unit was “{unit}” on {day}. Check the code, or look for the name in the list of communes and wards.',
  'problem.unit_code_ended':
    'The code {unit} ended on {until}: it was {was}, today in {now}. Use the new code, or give the day of the old list.',
  'problem.unit_name_taken': 'There is a {kind} {name} here already. Choose another name, or open the one there is.',
  'problem.unit_too_deep':
    'Only villages of a commune and one smaller level below a village can be made. Choose another parent.',
  'problem.unit_official':
    '{name} is an official unit and changes by law, with the shipped table. Only villages and the level below can be changed here.',
  'problem.unit_merge_needs_two': 'Merging needs two villages or more. Choose another one.',
  'problem.unit_split_parts':
    'A split needs two parts or more, exactly one of them without a list of homes: it takes all the rest.',
  'problem.unit_split_twice': 'A home is named in two parts. Each home goes to one; take it out of the other.',
  'problem.unit_has_homes':
    'Homes still live in this village, so it cannot be closed. Move them, or merge this village with another.',
  'problem.unit_has_units': 'There are smaller units below this one. Close or merge them first.',
  'units.may_be': '“{old}” may be one of these today: {units}. Ask in which part people live, then choose.',
}
