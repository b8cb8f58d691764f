// What the server says of the ways that a text would take.
import { useEffect, useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import type { notices } from '#notices/contract'
import { api } from '#web/api.ts'
import { isReady, type Body, type Fields } from './draft.ts'

export type Ways = Answer<typeof notices.ways>
export type Way = Ways['ways'][number]

/** Asked somewhat later than the checks: it counts more. What is not answered is left out; the checks say why. */
export function useWays(fields: Fields, body: Body): Ways | undefined {
  const [ways, setWays] = useState<Ways>()
  const asked = JSON.stringify(body)
  useEffect(() => {
    if (!isReady(fields) || fields.isInternal) {
      setWays(undefined)
      return undefined
    }
    let isOld = false
    const timer = setTimeout(() => {
      api.notices.ways(body).then(
        said => !isOld && setWays(said),
        () => !isOld && setWays(undefined),
      )
    }, 900)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [asked])
  return ways
}
