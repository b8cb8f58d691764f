export const postingEn = {
  'problem.chat_link_wrong':
    'The link does not lead to the place chosen. A Zalo group begins with https://zalo.me/g/, a Facebook group with https://www.facebook.com/groups/, pages with https://www.facebook.com/. Copy it again in the group, or leave it empty.',
  'problem.chat_name_taken': 'The group “{name}” is noted here already. Change that one, or choose another name.',
  'problem.chat_post_unknown': 'There is no such post to keep the group. Choose again, or leave it empty.',
  'problem.chat_group_secret':
    'Groups of Party cells and of borrowers are not noted here: nothing is posted there, private matters never go to a group.',
  'problem.chat_closed': 'The group “{name}” is closed. Open it again, then change it.',
  'problem.posting_not_asked':
    'This notice does not go into this group: it is private, internal, not yet in the village, over, or not for the group.',
  'problem.posting_missing': 'Nobody has said that it was posted in the group. Post it and press “Posted” first.',
  'problem.posting_old': 'More than a day has passed, so “Posted” cannot be taken back.',
  'problem.posting_of_account':
    'The commune’s account posted this by itself, so the mark cannot be taken back. To take the post down, withdraw the notice.',
  'problem.outlet_unknown': 'The account cannot post there. Check the platform, and the account under Channels.',
  'problem.outlet_taken': 'Another group is tied to “{name}”. Untie that one first.',
  'problem.proof_type': 'A screenshot is a JPG, PNG or WEBP. Take it again and send it.',
  'notices.post.emergency': 'EMERGENCY',
  'notices.post.priority': 'PRIORITY',
  'notices.post.corrected': 'CORRECTION',
  'notices.post.steps': 'What to do now:',
  'notices.post.at_hour': 'At {hour} on {date}',
  'notices.post.on_day': 'On {date}',
  'notices.post.head': 'Village head',
  'notices.post.paper': 'Paper no. {number} of {date}',
  'notices.post.read': 'Read it all, ask, see that it is official: {address}',
  'notices.post.unsure':
    'The post was sent and nobody knows whether it appeared. Look: if it is there, press “Posted”, else “Post again”.',
  'notices.comment.unsure': 'The answer was sent and nobody knows whether it appeared. Open the comment and look.',
  'notices.post.withdrawn': 'The notice “{title}” was withdrawn and no longer holds. Reason: {reason}\n\n{author}',
}
