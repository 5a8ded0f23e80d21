import { z } from 'zod';
import { type Contract, type ContractResponse, generalRefusals, type RefusalAnswer, refusalsOf } from './contract.ts';

type Json = Readonly<Record<string, unknown>>;
type Described = { readonly description: string; readonly headers?: Json; readonly content?: Readonly<Record<string, Json>> };
type OpenApiOperation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, Json>> };
  readonly responses: Readonly<Record<string, Described>>;
  /** Which scope the key of a program needs. */
  readonly security?: readonly { readonly key: readonly string[] }[];
};
type OpenApiParameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: { readonly type?: string; readonly format?: string };
};
export type OpenApi = {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Json;
    readonly responses: Readonly<Record<string, Described>>;
    readonly securitySchemes: Json;
  };
};

const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'troth_<8 characters>_<43 characters>',
    description: 'The key of one of the organisation’s programs, made in the console. Never in an address.',
  },
};

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. Programs compare `type`; further members are facts about this occurrence.',
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'Stable: /problems/ and a code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
  },
  required: ['type', 'title', 'status'],
  additionalProperties: { type: ['string', 'number'] },
};

/** OpenAPI 3.1 of all contracts. Schemas with an id become components, named once and referred to. */
export function openApi(info: OpenApi['info'], prefix: string, contracts: readonly Contract[]): OpenApi {
  const schemas: Record<string, unknown> = { Problem: problemSchema };
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const contract of contracts) {
    const item = (paths[`${prefix}${contract.path}`] ??= {});
    item[contract.method] = operation(contract, schemas);
  }
  const responses = Object.fromEntries(
    Object.entries(generalRefusals).map(([code, refusal]) => [componentName(code), problems([[code, refusal]])]),
  );
  return { openapi: '3.1.0', info, paths, components: { schemas: sorted(schemas), responses, securitySchemes } };
}

function operation(contract: Contract, schemas: Record<string, unknown>): OpenApiOperation {
  const { method, path, summary, description, params, query, headers, body, bodyExample, auth } = contract;
  const parameters = [
    ...parametersOf('path', params, schemas),
    ...parametersOf('query', query, schemas),
    ...parametersOf('header', headers, schemas),
  ];
  const content = body && {
    schema: jsonSchema(body, 'input', schemas),
    ...(bodyExample === undefined ? {} : { example: bodyExample }),
  };
  return {
    operationId: `${method}${path.replaceAll(/[^a-z]+([a-z]?)/gi, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: true, content: { 'application/json': content } } } : {}),
    responses: responsesOf(contract, schemas),
    ...(auth === 'none' ? {} : { security: [{ key: [auth.scope] }] }),
  };
}

function responsesOf(contract: Contract, schemas: Record<string, unknown>): Record<string, Described> {
  const found: Record<string, Described> = {};
  for (const [status, response] of Object.entries(contract.responses)) found[status] = described(response, schemas);
  if (contract.method === 'get') found['304'] = { description: 'What the sender holds, by If-None-Match, is still so.' };
  const refusals = Map.groupBy(Object.entries(refusalsOf(contract)), ([, [status]]) => status);
  for (const [status, entries] of refusals) {
    found[status] = problems(entries, statusHeaders[status]);
  }
  return found;
}

const statusHeaders: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'www-authenticate': 'RFC 6750: which kind of key is wanted, and what was wrong with the one sent.' },
  429: { 'retry-after': 'Seconds to wait.' },
};

function described(
  { description, mediaType, schema, example, headers = {} }: ContractResponse,
  schemas: Record<string, unknown>,
): Described {
  const media = {
    schema: schema ? jsonSchema(schema, 'output', schemas) : { type: 'string' },
    ...(example === undefined ? {} : { example }),
  };
  return { description, ...headersOf(headers), content: { [mediaType]: media } };
}

function problems(
  entries: readonly (readonly [code: string, RefusalAnswer])[],
  headers: Readonly<Record<string, string>> = {},
): Described {
  return {
    description: entries.map(([code, [, sentence]]) => `${sentence} (${code})`).join(' '),
    ...headersOf(headers),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function headersOf(headers: Readonly<Record<string, string>>): { headers?: Json } {
  const entries = Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]);
  return entries.length > 0 ? { headers: Object.fromEntries(entries) } : {};
}

function parametersOf(
  place: 'path' | 'query' | 'header',
  form: z.ZodObject | undefined,
  schemas: Record<string, unknown>,
): OpenApiParameter[] {
  const shape: Readonly<Record<string, z.ZodType>> = form?.shape ?? {};
  return Object.entries(shape).map(([name, value]) => {
    const { description, ...schema } = jsonSchema(value, 'input', schemas);
    const required = place === 'path' || !value.safeParse(undefined).success;
    return { name, in: place, required, ...(typeof description === 'string' ? { description } : {}), schema };
  });
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): Json {
  const { $schema: _, $id: __, $defs = {}, ...root } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  for (const [name, definition] of Object.entries($defs)) schemas[name] = tidy(definition);
  return tidyMembers(root);
}

function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy);
  return typeof node === 'object' && node !== null ? tidyMembers(node) : node;
}

/** Refers to components instead of local definitions, and leaves out what only repeats a format. */
function tidyMembers(node: { readonly type?: unknown; readonly format?: unknown }): Json {
  // The pattern of a date-time has 300 characters and says nothing that the format does not.
  const isNoise = (name: string, value: unknown) =>
    (name === 'pattern' && typeof value === 'string' && (node.type !== 'string' || node.format === 'date-time')) ||
    (name === 'maximum' && value === Number.MAX_SAFE_INTEGER);
  const members = Object.entries(node).filter(([name, value]) => !isNoise(name, value));
  return Object.fromEntries(
    members.map(([name, value]) => [
      name,
      name === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : tidy(value),
    ]),
  );
}

function componentName(code: string): string {
  return code.replaceAll(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function sorted(schemas: Record<string, unknown>): Json {
  return Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
