// OpenAPI 3.1 made from the contracts: nothing is described twice.
import { toJsonSchema } from '@valibot/to-json-schema'
import type { Contract, Operation } from './operation.ts'

interface JsonSchema {
  properties?: Record<string, object>
  required?: string[]
}

const schema = (of: unknown, typeMode: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...rest } = toJsonSchema(of as never, {
    typeMode,
    errorMode: 'ignore',
    overrideSchema: (({ valibotSchema }: { valibotSchema: { type: string } }) =>
      valibotSchema.type === 'file'
        ? { type: 'string', contentMediaType: 'application/octet-stream' }
        : undefined) as never,
  })
  return rest as JsonSchema
}

const content = (of: object, media = 'application/json') => ({ content: { [media]: { schema: of } } })
const inPath = (op: Operation) => new Set([...op.path.matchAll(/:(\w+)/g)].map(match => match[1]!))
const isRead = (op: Operation) => op.method === 'GET' || op.method === 'DELETE'

function parameters(op: Operation, takes: JsonSchema) {
  const path = inPath(op)
  return Object.keys(takes.properties ?? {})
    .filter(name => path.has(name) || isRead(op))
    .map(name => ({
      name,
      in: path.has(name) ? 'path' : 'query',
      required: path.has(name) || Boolean(takes.required?.includes(name)),
      schema: takes.properties![name],
    }))
}

function requestBody(op: Operation, takes: JsonSchema) {
  const path = inPath(op)
  const names = Object.keys(takes.properties ?? {}).filter(name => !path.has(name))
  if (isRead(op) || !names.length) return {}
  const body = {
    type: 'object',
    properties: Object.fromEntries(names.map(name => [name, takes.properties![name]])),
    required: (takes.required ?? []).filter(name => !path.has(name)),
  }
  return { requestBody: { required: true, ...content(body, op.files ? 'multipart/form-data' : 'application/json') } }
}

const onceHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 100 },
}

function described(tag: string, name: string, op: Operation) {
  const takes = schema(op.takes, 'input')
  const problem = { $ref: '#/components/schemas/Problem' }
  return {
    operationId: `${tag}.${name}`,
    tags: [tag],
    summary: op.summary,
    'x-permission': op.who,
    ...(op.assisted ? { 'x-assisted': true } : {}),
    ...(op.who === 'anyone' ? { security: [] } : {}),
    parameters: [...parameters(op, takes), ...(op.method !== 'GET' && op.transaction !== false ? [onceHeader] : [])],
    ...requestBody(op, takes),
    responses: {
      [op.status ?? 200]: { description: 'ok', ...content(op.media ? {} : schema(op.gives, 'output'), op.media) },
      '4XX': { description: op.problems?.join(', ') ?? 'a problem', ...content(problem) },
    },
  }
}

const problemSchema = {
  type: 'object',
  required: ['code', 'message', 'help'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    help: { type: 'string' },
    fields: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
  },
}

/** The document of all contracts. @param contracts name of the module → its contract */
export function openapi(title: string, version: string, contracts: Record<string, Contract>) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [tag, contract] of Object.entries(contracts))
    for (const [name, op] of Object.entries(contract))
      (paths[op.path.replace(/:(\w+)/g, '{$1}')] ??= {})[op.method.toLowerCase()] = described(tag, name, op)
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  }
}
