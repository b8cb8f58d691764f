import { feedsEn } from './feeds/words.en.ts'
import { pagesEn } from './pages/words.en.ts'
import { postingEn } from './posting-words.en.ts'

export const noticesEn = {
  'page.check_title': 'Is it really from the commune?',
  'page.check_lead': 'Type the check code that stands in the message or the letter.',
  'page.check_code': 'Check code',
  'page.check_act': 'Check',
  'page.check_yes': 'Yes. {author} sent it on {day}.',
  'page.check_withdrawn': 'It was taken back: {reason}',
  'page.check_private': 'It is private to some homes, so it is not shown here. Open Loa Làng to read it.',
  'page.check_none':
    'No message has this code. If somebody gave it to you as the commune’s, do not follow it; ask the village head or the commune.',
  'field.unit_unknown': 'There is no unit “{requirement}”.',
  'field.unit_code_ended': 'The code “{requirement}” has ended.',
  'field.group_unknown': 'There is no group “{requirement}”.',
  ...pagesEn,
  ...feedsEn,
  ...postingEn,
  'problem.steps_needed': 'An emergency must say what to do now, in at most 3 steps. Add at least one and send again.',
  'problem.relay_needs_units':
    'Only notices to villages are passed on by village heads. Notices to groups or by need go straight: leave the relay out.',
  'problem.notice_sent':
    'This notice is no longer a draft, so it cannot be changed here. Once sent, correct it or withdraw it.',
  'problem.notice_not_sent':
    'This notice has not been sent, so there is nothing to correct or withdraw. Change the draft, or undo.',
  'problem.notice_withdrawn': 'This notice was withdrawn. Write a new one to go on.',
  'problem.notice_from_above':
    'This notice comes from a higher level. Ask its sender to correct it; a village head may still add a word when passing it on.',
  'problem.time_past': 'The time chosen has passed. Choose another, or send now.',
  'problem.alone_too_early':
    'An emergency for several villages needs a second person. In {minutes} minutes you may send it alone with a reason; meanwhile call the approver.',
  'problem.approver_same': 'The approver must be another person than the writer. Call another leader on duty.',
  'problem.nothing_to_approve':
    'This notice waits for nobody any more. Somebody else may have approved it, or the writer took it back.',
  'problem.nothing_changed': 'The correction does not differ from what was sent. Change at least one thing.',
  'problem.correction_waits': 'A correction already waits for approval. Wait for it, then go on.',
  'problem.file_type':
    'Only PDF papers and JPG, PNG or WEBP pictures are taken. Save other papers as PDF and send them again.',
  'problem.file_large': 'The file is too large, at most {most} MB. Make it smaller or leave pages out.',
  'problem.file_broken': 'This picture cannot be opened; it may be damaged. Take or save it again.',
  'problem.files_many': 'A notice carries at most {most} files. Take one off first.',
  'notices.alert.relay': 'A notice waits for you to pass it on',
  'notices.alert.question': 'A question waits for an answer',
  'notices.alert.question_late': 'An answer to a home is late',
  'notices.alert.money': 'An emergency is out of money and waits for a second person',
  'notices.alert.approval': 'An emergency waits for approval',
  'notices.warning.date_past': 'The date in this notice has passed.',
  'notices.warning.weekday_wrong': '{date} is a different weekday ({weekday}) than the text says.',
  'notices.warning.phone_in_text':
    'The text holds a phone number. Everybody will see it: leave only numbers of officers.',
  'notices.warning.id_number_in_text':
    'The text holds what looks like an ID number. Never put people’s numbers into a public notice.',
  'notices.warning.internal_words': 'This looks like an internal paper. Is it for residents, or only for officers?',
  'notices.warning.last_useful_near':
    '{hours} hours left in which telling is of use; {homes} homes need a person at the door.',
  'notices.warning.no_way': '{homes}/{households} homes have no device: somebody must go there.',
  'notices.warning.private_audience':
    'Chosen by need, so this notice is private: no public page, no board, no subject on the phone’s alert.',
  'notices.warning.relay_after_useful': 'Village heads have longer than the event allows. Shorten it.',
}
