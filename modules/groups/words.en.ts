export const groupsEn = {
  'problem.group_unknown': 'There is no group “{group}”, or it is closed. Choose again from the list.',
  'problem.group_name_taken': 'There is a group called “{name}” here already. Choose another name, or open that one.',
  'problem.group_needs_commune': 'A group belongs to a commune, a ward or a village. Choose another unit.',
  'problem.group_closed': '“{name}” is closed. Open it again before changing it.',
  'problem.group_not_closed': 'This group is open; there is nothing to undo.',
  'problem.group_closed_long_ago': 'This group was closed more than 30 days ago and stays closed. Make a new one.',
  'problem.group_too_deep': 'A group has four levels at most. Make the branch under a higher one.',
  'problem.person_not_there':
    'Nobody of that name is in the home of that number. Check both as the register writes them, or ask the commune.',
  'problem.person_gone': 'This person has died or moved away and cannot join.',
  'problem.member_already': 'This person is in “{group}” already.',
  'problem.date_ahead': 'The day of joining is still ahead. Give today or an earlier day.',
}
