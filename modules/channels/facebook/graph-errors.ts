// What an error of the Graph API means. Source: Meta, "Handle Errors" and Messenger Platform "Common Error Codes", read in November 2026.
import type { ChannelError } from '../channel-errors.ts'

export interface GraphError {
  code: number
  subcode: number | undefined
}

/** Where a code alone would say something else. */
const bySubcode: Readonly<Record<string, ChannelError>> = {
  '10/2018278': 'window_closed',
  '10/1893063': 'held_back',
  '100/2018001': 'address_wrong',
  '200/1545041': 'address_refuses',
}

const byCode: Readonly<Record<number, ChannelError>> = {
  1: 'provider_down',
  2: 'provider_down',
  4: 'slow_down',
  10: 'account_blocked',
  17: 'slow_down',
  32: 'slow_down',
  100: 'message_refused',
  102: 'not_signed_in',
  190: 'not_signed_in',
  368: 'held_back',
  551: 'address_refuses',
  613: 'slow_down',
  1200: 'provider_down',
}

const minutesToRest: Partial<Record<ChannelError, number>> = { slow_down: 10, held_back: 60 }

/** @returns what to do, and for how long the account is left alone */
export function meaningOfError({ code, subcode }: GraphError): { why: ChannelError; minutes: number | undefined } {
  const isPermission = code >= 200 && code <= 299
  const why =
    bySubcode[`${code}/${subcode}`] ?? byCode[code] ?? (isPermission ? ('account_blocked' as const) : 'message_refused')
  return { why, minutes: minutesToRest[why] }
}

/** The same words stand on the page already. */
export const isDuplicate = ({ code }: GraphError) => code === 506
/** What was to be changed or taken away is not there. */
export const isGone = ({ code, subcode }: GraphError) => code === 100 && subcode === 33
