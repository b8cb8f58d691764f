// The secret of the server under test, so that a test can write a home's own link as a channel would.
export const serverSecret = 'chỉ để thử'
