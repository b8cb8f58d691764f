export const unitsEn = {
  'problem.unit_unknown':
    'No unit was “{unit}” on {day}. Check the code, or look for the name in the list of communes and wards.',
  'problem.unit_name_taken': 'There is a {kind} {name} here already. Choose another name, or open the one there is.',
  'problem.unit_too_deep':
    'Only villages of a commune and one smaller level below a village can be made. Choose another parent.',
}
