// A commune that has sent nothing yet: what comes first, in order.
import { Group, Row, Rows } from '../kit.tsx'
import { linkTo } from '../links.ts'
import { say } from './say.ts'

export function FirstSteps() {
  const steps = [
    { icon: 'so', title: say('step_homes'), note: say('step_homes_words'), href: linkTo('/imports') },
    { icon: 'nguoi', title: say('step_heads'), note: say('step_heads_words'), href: linkTo('/posts') },
    { icon: 'sua', title: say('write'), note: say('step_write_words'), href: linkTo('/notices/new') },
  ] as const
  return (
    <Group title={say('first_steps')}>
      <Rows label={say('first_steps')}>{steps.map(step => step.href && <Row key={step.href} {...step} />)}</Rows>
    </Group>
  )
}
