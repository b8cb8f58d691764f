export const unitsEn = {
  'problem.unit_unknown':
    'No unit was “{unit}” on {day}. Check the code, or look for the name in the list of communes and wards.',
  'problem.unit_code_ended':
    'The code {unit} ended on {until}: it was {was}, today in {now}. Use the new code, or give the day of the old list.',
  'problem.unit_name_taken': 'There is a {kind} {name} here already. Choose another name, or open the one there is.',
  'problem.unit_too_deep':
    'Only villages of a commune and one smaller level below a village can be made. Choose another parent.',
  'units.may_be': '“{old}” may be one of these today: {units}. Ask in which part people live, then choose.',
}
