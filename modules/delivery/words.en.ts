export const deliveryEn = {
  'delivery.spent.date': 'Sent on',
  'delivery.spent.title': 'About',
  'delivery.spent.round': 'Round',
  'delivery.spent.channel': 'Channel',
  'delivery.spent.messages': 'Messages',
  'delivery.spent.parts': 'Parts',
  'delivery.spent.dong': 'Đồng',
  'delivery.private_title': 'A private message to each home',
  'delivery.alert.internal': 'A new internal paper',
  'delivery.alert.doors': 'Time to go from door to door',
  'reply.private': 'a private message',
  'reply.noted': 'Noted: your home knows of {title}. Thank you.',
  'reply.choose': 'Several homes share this number, so it was noted for none. Choose yours: {link}',
  'reply.stopped':
    'You get no more optional messages, on any channel. What is urgent or a duty is still told. To take this back, write NHẬN LẠI.',
  'reply.stopped_home':
    'Your home gets no more optional messages, on any channel. What is urgent or a duty is still told. To take this back, write NHẬN LẠI.',
  'reply.again': 'You get optional messages again. To stop them, write HỦY.',
  'reply.again_home': 'Your home gets optional messages again. To stop them, write HỦY.',
  'reply.linked':
    'This account is linked to your home: notices of commune and village come here. To stop, unfollow, block, or open “My home”.',
  'reply.code_wrong': 'This code is wrong or has run out. Open “My home”, take a new one and send it again.',
  'reply.welcome':
    'Welcome. To get the commune’s notices for your home here: open “My home”, take the 6-digit code and send it here.',
  'reply.asked': 'Your question is passed on: {title}. The answer stands at: {link}',
  'problem.audience_empty': 'No home would get this. Choose again whom it is for.',
  'problem.level_not_yours': 'A home does not tell this level. Its phone tells only delivered and seen.',
  'problem.notice_withdrawn_since': 'This notice was withdrawn. Nothing more is needed.',
  'problem.too_many_homes':
    'The village has more than {most} homes, so they are not drawn one by one. Look at the bar and the list.',
  'problem.walker_elsewhere':
    'This person knocks at doors of his own village only. For another village choose somebody of it.',
  'problem.walker_unknown': 'This person does not walk to doors here. Choose somebody from the list.',
  'problem.door_elsewhere': 'A home is not in your charge or belongs to another notice. Open the list again.',
  'problem.visit_unknown': 'The visit to correct is not there. Open the list again and correct it there.',
  'problem.door_closed': 'This notice is too old; results can no longer be changed.',
  'field.door_last': 'The last step must be the door, so that no home is left out.',
  'field.door_alone': 'The door is a step of its own and stands with no other channel.',
  'field.channel_twice': 'A channel is named once in a step.',
  'field.rungs_in_order': 'The steps must stand in the order of their times (after rises).',
  'field.channel_unknown': 'There is no channel of this name. Use one that is there, or door.',
}
