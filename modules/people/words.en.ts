export const peopleEn = {
  'problem.unit_needed': 'Name the unit whose homes you want to see: a village or the commune.',
  'problem.village_needed': 'A home belongs to a village; {unit} is not one. Choose a village.',
  'problem.household_closed':
    'This home left or was merged and cannot be changed. If that was a mistake, open it and undo it.',
  'problem.household_number_taken': 'Another home of the village has the number {number}. Check the register.',
}
