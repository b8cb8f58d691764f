// `npm run simulators`: every provider on this machine, to be entered in the demo. Ctrl-C ends them.
import { openConsole } from './console.ts'
import type { Simulator } from './simulator.ts'
import { startSimulators } from './start.ts'

const port = Number(process.env['PORT'] ?? 4100)

function printOne({ name, title, address, account, hints }: Simulator) {
  console.log(`\n${title}  [${name}]  ${address}`)
  if (account) {
    const fields = Object.entries({ ...account.settings, ...account.secrets }).map(
      ([field, value]) => `${field} ${value}`,
    )
    console.log(`  Kênh báo tin → Nối tài khoản → ${account.adapter}: ${fields.join(' · ')}`)
    const { accessToken, refreshToken } = account.granted ?? {}
    if (accessToken)
      console.log(`  then hand over at the account: access token ${accessToken}, refresh token ${refreshToken}`)
  }
  for (const hint of hints) console.log(`  ${hint}`)
}

const simulators = await startSimulators(port).catch((error: unknown) => {
  console.error(`${(error as Error).message}: name another first port with PORT`)
  process.exit(1)
})
const page = await openConsole(simulators, port)
for (const one of simulators) printOne(one)
console.log(`
See what they got, and command them: http://127.0.0.1:${port}
  curl http://127.0.0.1:${port}/control --json '{"simulator":"smsc","answer":"down"}'                      an outage; "take" ends it
  curl http://127.0.0.1:${port}/control --json '{"simulator":"smsc","lateSeconds":60,"times":2}'           receipts late and doubled
  curl http://127.0.0.1:${port}/write   --json '{"simulator":"smsc","from":"84912345678","words":"1"}'     a person answers`)

let isEnding = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (isEnding) return
    isEnding = true
    page.stop()
    void Promise.all(simulators.map(one => one.stop())).then(() => process.exit(0))
  })
