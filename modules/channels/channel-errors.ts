// Everything that may go wrong between us and a provider. The table is closed: a channel answers with one of these codes or not at all.

interface Meaning {
  /** May the same piece go again? `later` waits for the provider, `soon` for the line. */
  again: 'soon' | 'later' | 'never'
  /** It says something of our account, and nothing of this message: it costs the message no try. */
  isOfAccount?: true
  /** It says something of some messages only: the account goes on with the others. */
  isOfSome?: true
  /** Stands at the account as its trouble, though such a message never goes again and the account goes on: somebody has to put it right. */
  isShown?: true
  /** Somebody of ours has to do something: worth a line in the log. What is only about one home is not. */
  isLoggable: boolean
}

/** Sentences for persons are words: `channel.<code>`. */
const errors = {
  /** No line, no name, no answer in time. */
  no_line: { again: 'soon', isLoggable: true },
  /** The provider answered with a failure of its own. */
  provider_down: { again: 'later', isLoggable: true },
  /** Too many at a time: the provider says when. */
  slow_down: { again: 'later', isOfAccount: true, isLoggable: true },
  /** It asked for a pause or failed too often: it was not asked now. */
  resting: { again: 'later', isOfAccount: true, isLoggable: false },
  /** The day's quota is used up. */
  quota_used: { again: 'later', isOfAccount: true, isLoggable: true },
  /** This way is left alone in the night, whatever the provider says. */
  night_pause: { again: 'later', isOfAccount: true, isLoggable: false },
  /** The day's messages that nobody asked for are used up; answers still go. */
  unasked_used: { again: 'later', isOfAccount: true, isOfSome: true, isLoggable: true },
  /** Such messages are not taken in the night. */
  night: { again: 'later', isOfAccount: true, isOfSome: true, isLoggable: false },
  /** Such messages are not taken in the night, and this one cannot wait. */
  not_at_night: { again: 'never', isLoggable: false },
  /** The provider is still making it: asked for later. */
  being_made: { again: 'later', isOfAccount: true, isOfSome: true, isLoggable: false },
  /** The provider does not let this account do so: a person has to put it right there. */
  account_blocked: { again: 'later', isOfAccount: true, isLoggable: true },
  /** The account at the provider is empty. */
  no_money: { again: 'later', isOfAccount: true, isLoggable: true },
  /** Our key or password is refused: a person has to renew it. */
  not_signed_in: { again: 'later', isOfAccount: true, isLoggable: true },
  /** The provider holds the account back for a while: it broke a rule, or so it says. */
  held_back: { again: 'later', isOfAccount: true, isLoggable: true },
  /** The commune has no account for this channel. */
  no_account: { again: 'never', isLoggable: true },
  /** No registered template is entered for this channel. */
  no_template: { again: 'never', isLoggable: true },
  /** The person has not done anything at the account for too long: only what he asked for may go. */
  window_closed: { again: 'never', isLoggable: false },
  /** The subscription has ended or the number is out of use. */
  address_dead: { again: 'never', isLoggable: false },
  /** It is not an address of this channel. */
  address_wrong: { again: 'never', isLoggable: false },
  /** The person or the provider blocks us. */
  address_refuses: { again: 'never', isLoggable: false },
  /** The address points into a private network, or is not encrypted. */
  address_unsafe: { again: 'never', isLoggable: true },
  /** Made-up people are never sent to, except on this machine. */
  demo_only: { again: 'never', isLoggable: false },
  /** Taken, and the network could not bring it to the phone. */
  not_delivered: { again: 'never', isLoggable: false },
  /** The telephone rang and nobody answered, or it was busy. */
  not_answered: { again: 'never', isLoggable: false },
  /** Somebody answered and did not hear it to the end. */
  hung_up: { again: 'never', isLoggable: false },
  /** The commune's budget of the month is spent: a person may raise it. */
  no_budget: { again: 'never', isLoggable: false },
  message_too_large: { again: 'never', isLoggable: true },
  /** The provider has no way to do it: a person does. */
  not_possible: { again: 'never', isLoggable: false },
  /** The provider refuses the registered template, or has withdrawn it: a person has to put it right there, or enter another. */
  template_refused: { again: 'never', isShown: true, isLoggable: true },
  /** The provider does not take these words. */
  message_refused: { again: 'never', isLoggable: true },
} as const satisfies Record<string, Meaning>

export type ChannelError = keyof typeof errors
export const channelErrors: Readonly<Record<ChannelError, Meaning>> = errors

/** Seconds to wait before try number `tries` + 1, or undefined when it is not worth it. */
export function waitBeforeAgain(why: ChannelError, tries: number): number | undefined {
  const { again } = channelErrors[why]
  if (again === 'never' || tries >= 6) return undefined
  return (again === 'soon' ? 5 : 30) * 2 ** Math.min(tries - 1, 6)
}
