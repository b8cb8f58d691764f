// Entries that may be one home, side by side: a person decides.
import { useLocation, useRoute } from '#web/router.tsx'
import { api } from '#web/api.ts'
import { Act, Acts, Empty, Failed, Lines, Page, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { number } from '#web/numbers.ts'
import type { HomeLine } from '../shapes.ts'
import { attemptNow } from './act.ts'
import { say, term } from './say.ts'

const Entry = ({ home, children }: { home: HomeLine; children: preact.ComponentChildren }) => (
  <div class="stack">
    <p>
      <a href={`/homes/${encodeURIComponent(home.id)}`}>{home.headName}</a>
      <br />
      <span class="soft">
        {[home.unitName, home.alley, home.landmark, home.phone, say('persons_n', { n: number(home.persons) })]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
    {children}
  </div>
)

export function Duplicates() {
  const { query } = useRoute()
  const { route } = useLocation()
  const { unit } = query
  const loaded = useLoaded(() => api.people.duplicates(unit ? { unit } : {}), [unit])
  const merge = async (keep: HomeLine, second: HomeLine) => {
    const ids = { householdId: keep.id, duplicateId: second.id }
    const home = await attemptNow(how => api.people.merge(ids, how))
    if (!home) return
    const [event] = home.events
    toast(say('merged'), async () => {
      if (event)
        await attemptNow(how => api.people.undoEvent({ householdId: keep.id, eventId: event.id }, how), say('undone'))
      await loaded.reload()
    })
    await loaded.reload()
  }
  const pairs = loaded.value?.items
  const back = unit ? `/homes?unit=${unit}` : '/homes'
  return (
    <Page title={pairs ? say('duplicates_n', { n: number(pairs.length) }) : say('duplicates')} back={back}>
      {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      {loaded.isLoading && <Lines retry={loaded.reload} />}
      {pairs?.length === 0 && (
        <Empty
          title={say('no_duplicates')}
          act={
            <Act kind="quiet" onClick={() => route(back)}>
              {say('to_register')}
            </Act>
          }
        />
      )}
      {pairs?.map(({ first, second, why }) => (
        <section key={first.id + second.id} class="pad stack">
          <h2>{term('why', why)}</h2>
          {(
            [
              [first, second],
              [second, first],
            ] as const
          ).map(([keep, other]) => (
            <Entry key={keep.id} home={keep}>
              <Acts isLeft>
                <Act kind="quiet" label={say('keep_label', { name: keep.headName })} onClick={() => merge(keep, other)}>
                  {say('keep_this')}
                </Act>
              </Acts>
            </Entry>
          ))}
        </section>
      ))}
    </Page>
  )
}
