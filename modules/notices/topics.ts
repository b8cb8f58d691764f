// What a notice may be about. The screens offer these; the API takes any word.
export const topics = [
  'general',
  'policy',
  'health',
  'insurance',
  'disease',
  'disaster',
  'security',
  'fraud',
  'livelihood',
  'credit',
  'environment',
  'education',
  'meeting',
  'fundraising',
] as const
