import { useState } from 'preact/hooks'
import { Act, Acts, Chips, Empty, Failed, Lines, Page, Table } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { usualKind, villagesWithHomes, type VillageLine } from './load.ts'
import { MakeVillage } from './MakeVillage.tsx'
import { MergeVillages } from './MergeVillages.tsx'
import { say } from './say.ts'

const columns = () => [
  {
    head: say('village'),
    cell: (village: VillageLine) => <a href={`/villages/${village.id}`}>{village.title}</a>,
  },
  { head: say('homes'), cell: (village: VillageLine) => number(village.homes), isRight: true },
  { head: say('people'), cell: (village: VillageLine) => number(village.people), isRight: true },
]

const orders = {
  no: (a: VillageLine, b: VillageLine) => a.no - b.no,
  name: (a: VillageLine, b: VillageLine) => a.name.localeCompare(b.name, 'vi', { numeric: true }),
  homes: (a: VillageLine, b: VillageLine) => b.homes - a.homes,
}

/** 33 villages fit on one screen of a desk: two columns side by side, one below the other on a phone. */
function Lists({ villages }: { villages: readonly VillageLine[] }) {
  const [order, setOrder] = useState('no')
  const sorted = villages.toSorted(orders[order as keyof typeof orders])
  const half = sorted.length > 12 ? Math.ceil(sorted.length / 2) : sorted.length
  const parts = [sorted.slice(0, half), sorted.slice(half)].filter(part => part.length)
  return (
    <>
      <Chips
        label={say('order')}
        value={order}
        onChange={setOrder}
        options={[
          { value: 'no', label: say('by_no') },
          { value: 'name', label: say('by_name') },
          { value: 'homes', label: say('by_homes') },
        ]}
      />
      <div class={parts.length > 1 ? 'two' : undefined}>
        {parts.map((part, n) => (
          <Table key={n} caption={say('table')} columns={columns()} rows={part} keyOf={one => one.id} isTight />
        ))}
      </div>
    </>
  )
}

/** The commune's villages: who lives where, and what is changed about them. */
export function Villages() {
  const commune = me.value?.unit?.id ?? ''
  const { value, refusal, reload } = useLoaded(() => villagesWithHomes(commune), [commune])
  const [sheet, setSheet] = useState<'make' | 'merge'>()
  const count = value?.villages.length ?? 0
  const title = count
    ? say('title', { villages: number(count), homes: number(value!.homes), people: number(value!.people) })
    : say(value ? 'title_none' : 'village')
  const kind = usualKind(value?.villages ?? [])
  const make = (
    <Act onClick={() => setSheet('make')} kind="quiet" icon="cong">
      {say('create')}
    </Act>
  )
  const common = { parent: commune, kind, onClose: () => setSheet(undefined) }
  return (
    <Page title={title}>
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && !count && <Empty title={say('title_none')} words={say('none_words')} icon="bando" act={make} />}
      {value && count > 0 && (
        <div class="stack">
          <Acts isLeft>
            {make}
            {count > 1 && (
              <Act kind="quiet" onClick={() => setSheet('merge')}>
                {say('merge')}
              </Act>
            )}
          </Acts>
          <Lists villages={value.villages} />
        </div>
      )}
      {value && (
        <>
          <MakeVillage {...common} title={say('create')} isOpen={sheet === 'make'} onMade={reload} />
          <MergeVillages {...common} villages={value.villages} isOpen={sheet === 'merge'} onMerged={reload} />
        </>
      )}
    </Page>
  )
}
