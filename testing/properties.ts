// Properties are looked for in the same places each time, so that a red test is the fault of a change. PROPERTY_SEED looks elsewhere.
import fc from 'fast-check'

const { PROPERTY_SEED: wanted = '20250701' } = process.env

fc.configureGlobal({ seed: wanted === 'random' ? Math.trunc(Math.random() * 2 ** 31) : Number(wanted) })
