export const unitsEn = {
  'problem.unit_unknown':
    'No unit was “{unit}” on {day}. Check the code, or look for the name in the list of communes and wards.',
  'problem.unit_code_ended':
    'The code {unit} ended on {until}: it was {was}, today in {now}. Use the new code, or give the day of the old list.',
  'problem.owner_unknown': 'There is no bank or other owner with the number {owner}. Look at the number again.',
  'problem.owner_communes': 'An owner serves whole communes, not a village or a province. Choose the communes again.',
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
  'problem.unit_undo_none': 'No merger or split made this village, so there is nothing to take back.',
  'problem.unit_undo_late':
    'It can be taken back once, within {days} days. That time is over or it was taken back already; merge or split again instead.',
  'problem.unit_undo_changed':
    'These villages were renamed, merged or split again afterwards. Take back the later change first, or merge or split again.',
  'problem.unit_undo_below':
    '{title} was made after the merger, and nobody can tell to which of the old villages it belongs. Close it first.',
  'problem.unit_undo_homes':
    '{count} homes came into this village after the merger, and nobody can tell to which of the old ones they belong. Move them to another village first.',
  'problem.unit_undo_groups':
    '{count} groups were made in this village after the merger, and nobody can tell to which of the old ones they belong. Close them first.',
  'units.may_be': '“{old}” may be one of these today: {units}. Ask in which part people live, then choose.',
}
