/** A dated subject is one event in every calendar that it comes to, by whichever way and in every round. */
export const eventUid = (subject: string) => `${subject}@loa-lang`
