// The twin's part about acting for a home, written by hand from the product's rules and from nothing else.

/** What somebody who acts for a home with its spoken consent may do there: read, say that it knows, ask, ask to correct, and end. */
export const assisted: readonly string[] = [
  'GET /me',
  'GET /feed',
  'GET /feed/live',
  'POST /receipts',
  'POST /notices/:noticeId/acknowledge',
  'GET /notices/:noticeId',
  'GET /notices/:noticeId/files/:fileId',
  'GET /notices/:noticeId/trail',
  'GET /notices/:noticeId/questions',
  'POST /notices/:noticeId/questions',
  'GET /home',
  'POST /home/requests',
  'GET /home/assisted-sessions',
  'POST /home/assisted-sessions/allow',
  'POST /assisted-sessions/:assistId/end',
]
