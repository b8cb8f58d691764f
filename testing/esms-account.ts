import type { startSmsProvider } from '#channels/sms-simulator'

type Provider = Pick<Awaited<ReturnType<typeof startSmsProvider>>, 'port' | 'login'>

/** What an officer enters for the simulated eSMS. */
export const esmsAccount = ({ port, login }: Provider, { mostParts = 3 } = {}) => ({
  settings: {
    host: '127.0.0.1',
    port,
    line: 'http',
    brandname: 'XASONDONG',
    sandbox: '0',
    perSecond: 500,
    dongPerPart: 300,
    mostParts,
  },
  secrets: { apiKey: login.apiKey, secretKey: login.secretKey },
})
