// The browser of the end-to-end tests: the system's own, else Playwright's, else Debian's by apt-get.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const known = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
]

const installed = () => known.find(path => path && existsSync(path))

/** Playwright's own build, when somebody has fetched it. */
function playwrights(): string | undefined {
  try {
    const path = chromium.executablePath()
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

function fromDebian(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.error('No Chromium here: installing Debian’s (apt-get install chromium)…')
  const apt = (...args: string[]) => {
    execFileSync('apt-get', ['-q', '-y', ...args], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  try {
    apt('update')
    apt('install', '--no-install-recommends', 'chromium')
  } catch {
    return undefined
  }
  return installed()
}

const advice = () =>
  process.platform === 'linux'
    ? 'sudo apt-get install chromium   (or: npx playwright-core install chromium)'
    : 'npx playwright-core install chromium'

/** @throws Error that names the command which would help */
export function findBrowser(): string {
  const found = installed() ?? playwrights() ?? fromDebian()
  if (!found)
    throw new Error(`The tests need Chromium or Chrome. This would help: ${advice()} . Or name one in CHROME_PATH.`)
  return found
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser(),
    args: [
      '--disable-quic',
      '--no-first-run',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
