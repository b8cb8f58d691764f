// One drawing a home, alley by alley; then the alleys with homes left.
import { api } from '#web/api.ts'
import { evidenceOf, Group, Home, Icon } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { fraction, number } from '#web/numbers.ts'
import type { HomeOf, ReachOf } from './reach-state.ts'
import { say } from './say.ts'

const isLeft = (home: HomeOf) => !home.isReached && !home.isClosed
const markOf = (home: HomeOf) => evidenceOf(home.level, home.isTold)

interface Props {
  noticeId: string
  unit: string
  round: number | undefined
  reach: ReachOf
  doors: string
}

export function HomesOfVillage({ noticeId, unit, round, reach, doors }: Props) {
  const loaded = useLoaded(
    () => api.delivery.homes({ noticeId, unit, ...(round ? { round: String(round) } : {}) }),
    [noticeId, unit, round, reach.reached, reach.accountedFor],
    { stored: `homes/${noticeId}/${unit}` },
  )
  const homes = loaded.value?.homes
  if (!homes?.length) return null
  const alleys = [...Map.groupBy(homes, home => home.alley || say('no_alley'))]
  const left = homes.filter(home => isLeft(home)).length
  const byLeft = alleys
    .map(([name, inside]) => ({ name, left: inside.filter(home => isLeft(home)) }))
    .filter(one => one.left.length)
    .toSorted((a, b) => b.left.length - a.left.length)
  return (
    <>
      <section aria-label={say('homes_label', { part: fraction(reach.reached, reach.households) })}>
        <h2>{say('homes')}</h2>
        <ul class="alleys">
          {alleys.map(([name, inside]) => (
            <li key={name}>
              <p class="split alley">
                <b>{name}</b>
                <span class="n">{fraction(inside.filter(home => home.isReached).length, inside.length)}</span>
              </p>
              <div class="homes">
                {inside.map(home => (
                  <Home key={home.no} mark={markOf(home)} />
                ))}
              </div>
            </li>
          ))}
        </ul>
      </section>
      {left > 0 && (
        <Group title={say('left_by_alley', { n: number(left) })}>
          <ul class="rows out">
            {byLeft.map(alley => (
              <li key={alley.name}>
                <a class="row-in" href={doors}>
                  <span class="row-main">
                    <b>{alley.name}</b>
                    <span class="glyphs">
                      {alley.left.map(home => (
                        <Home key={home.no} mark={markOf(home)} />
                      ))}
                    </span>
                  </span>
                  <b class="n">{say('some_homes', { n: number(alley.left.length) })}</b>
                  <Icon name="toi" />
                </a>
              </li>
            ))}
          </ul>
        </Group>
      )}
    </>
  )
}
