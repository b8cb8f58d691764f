import { defineConfig, type OxlintOverride } from 'oxlint'
import { levels, mayUse } from './architecture.ts'

const parts = levels.flat() as string[]
const folder = (part: string) => (part === 'core' ? 'core' : `modules/${part}`)

/** One override a part: what lies above it is forbidden, and so is reaching past an entry. */
const direction = (part: string): OxlintOverride => {
  const forbidden = parts.filter(other => other !== part && !mayUse[part]!.includes(other))
  return {
    files: [`${folder(part)}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...(forbidden.length
              ? [
                  {
                    group: forbidden.flatMap(other => [`#${other}`, `#${other}/**`]),
                    message: `${part} may use only: ${mayUse[part]!.join(', ') || 'nothing'}`,
                  },
                ]
              : []),
            { group: ['../*/**', '../../**'], message: 'go through an entry: #people, #core/…, #web/…' },
          ],
        },
      ],
    },
  }
}

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  options: { typeAware: true },
  ignorePatterns: ['dist/**', 'node_modules/**', '.data/**'],
  rules: {
    'import/no-cycle': 'error',
    'max-lines': ['error', { max: 400 }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    // Off: they forbid what this code does on purpose.
    'no-await-in-loop': 'off',
    'no-underscore-dangle': 'off',
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default': 'off',
    'import/no-named-as-default-member': 'off',
    'oxc/no-map-spread': 'off',
    'promise/always-return': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    // tsc's noImplicitReturns knows exhaustive switches.
    'typescript/consistent-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
  },
  overrides: [
    ...parts.map(part => direction(part)),
    {
      files: ['core/**/*.ts', 'modules/**/*.ts'],
      excludeFiles: ['**/*.test.ts'],
      rules: { 'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }] },
    },
  ],
})
