// Telephone numbers of Vietnam, as lists keep them. Which ranges are real is libphonenumber's knowledge, not ours.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { digest } from '#core/secrets'
import type { ContactKind } from './words-of-homes.ts'

/**
 * Mobile numbers had eleven digits until the change of 2018 (Ministry of Information and Communications, plan 798/QĐ-BTTTT
 * of 15-9-2014 as carried out from 15-9-2018): the old beginning → the new.
 */
const elevenDigits: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
}

/** Digits as dialled inside the country, with the zero that spreadsheets lose. */
function domestic(text: string): string {
  const digits = text.replace(/[^\d+]/g, '').replace(/^(\+|00)?84(?=\d{9,10}$)/, '0')
  if (/^[1-9]\d{8}$/.test(digits) || /^1\d{9}$/.test(digits)) return `0${digits}`
  return digits
}

/** @returns `+84912345678`, or undefined for what is no telephone number of Vietnam */
export function readPhone(text: string): string | undefined {
  if (/[^\d\s.()+\-–'’]/.test(text.trim())) return undefined
  const dialled = domestic(text)
  const renewed =
    dialled.length === 11 && elevenDigits[dialled.slice(0, 4)]
      ? elevenDigits[dialled.slice(0, 4)]! + dialled.slice(4)
      : dialled
  const phone = parsePhoneNumberFromString(renewed, 'VN')
  return phone?.isValid() && phone.country === 'VN' ? phone.number : undefined
}

/** `+84912345678` → `0912 345 678` */
export const spoken = (value: string) => value.replace(/^\+84/, '0').replace(/^(\d{4})(\d{3})(\d+)$/, '$1 $2 $3')

/** What others see of a number: `0912 … 678`; of an address its first letter and its place. */
export function masked(kind: ContactKind, value: string): string {
  if (kind === 'phone') return `${value.replace(/^\+84/, '0').slice(0, 4)} … ${value.slice(-3)}`
  if (kind === 'email') return `${value.slice(0, 1)}…${value.slice(value.indexOf('@'))}`
  return `…${value.slice(-3)}`
}

/** By which a shared number is found again. */
export const contactDigest = (kind: ContactKind, value: string) => digest(`${kind}:${value}`)
