import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Hono } from 'hono';
import { generalRefusals, refusalsOf, type Route } from '#kernel/contract';
import { apiRoutesList } from '../api-document.ts';

type Sent = {
  readonly method?: string;
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly headers?: Record<string, string>;
};
export type Got = {
  readonly status: number;
  readonly json: unknown;
  readonly text: string;
  readonly bytes: Buffer;
  readonly headers: Headers;
};

const problemForm = z.looseObject({ type: z.string().startsWith('/problems/'), title: z.string().min(1), status: z.int() });

/** Sends requests, holds each answer against the contract of its route, and knows at the end which answers never came. */
export function conformance() {
  const seen = new Set<string>();

  async function call(app: Hono, address: string, { method = 'GET', json, body, headers = {} }: Sent = {}): Promise<Got> {
    const content = json === undefined ? body : JSON.stringify(json);
    const type = json === undefined ? {} : { 'content-type': 'application/json' };
    const init = content === undefined ? {} : { body: content };
    const response = await app.request(address, { method, headers: { ...type, ...headers }, ...init });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const got = {
      status: response.status,
      json: isJson && text !== '' ? JSON.parse(text) : null,
      text,
      bytes,
      headers: response.headers,
    };
    hold(method, address, got);
    return got;
  }

  function hold(method: string, address: string, got: Got): void {
    assert.equal(got.headers.get('access-control-allow-origin'), '*');
    assert.equal(got.headers.get('access-control-allow-credentials'), null);
    assert.equal(got.headers.get('set-cookie'), null);
    const [path = ''] = address.split('?');
    const route = apiRoutesList.find(({ contract }) => contract.method === method.toLowerCase() && matches(contract.path, path));
    const says = `${method} ${address} answered ${got.status}: ${got.text.slice(0, 300)}`;
    if (got.status >= 400) {
      assert.equal(got.headers.get('content-type'), 'application/problem+json', says);
      const problem = problemForm.parse(got.json);
      const code = problem.type.slice('/problems/'.length);
      const documented = { ...generalRefusals, ...(route ? refusalsOf(route.contract) : {}) }[code];
      assert(documented, `${says} is not documented`);
      assert.deepEqual([problem.status, got.status, problem.title], [got.status, documented[0], documented[1]], says);
      seen.add(route && code in refusalsOf(route.contract) ? `${name(route)} ${code}` : code);
    } else if (route && got.status === 304) {
      assert.equal(got.text, '');
      seen.add(`${name(route)} 304`);
    } else if (route) {
      const response = route.contract.responses[got.status];
      assert(response, `${says} is not documented`);
      assert.equal(got.headers.get('content-type'), response.mediaType);
      response.schema?.parse(got.json);
      for (const header of Object.keys(response.headers ?? {})) assert(got.headers.has(header), `${says} without ${header}`);
      seen.add(`${name(route)} ${got.status}`);
    }
  }

  /** Documented answers and problems, by their codes, that no call was given. */
  function missing(): string[] {
    const documented = apiRoutesList.flatMap((route) => [
      ...Object.keys(route.contract.responses).map((status) => `${name(route)} ${status}`),
      ...(route.contract.method === 'get' ? [`${name(route)} 304`] : []),
      ...Object.keys(refusalsOf(route.contract)).map((code) => `${name(route)} ${code}`),
    ]);
    return [...documented, ...Object.keys(generalRefusals)].filter((answer) => !seen.has(answer));
  }

  return { call, missing };
}

function name({ contract }: Route): string {
  return `${contract.method.toUpperCase()} ${contract.path}`;
}

function matches(template: string, path: string): boolean {
  const fixed = apiRoutesList.some(({ contract }) => contract.path === path);
  return fixed ? template === path : new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

/** What a route's address looks like with values that mean nothing. */
export function exampleAddress({ contract }: Route): string {
  return contract.path
    .replace('{slug}', 'privacy-policy')
    .replace('{date}', '2026-11-03')
    .replace(/\{\w+\}/, '2');
}

/** What stands in JSON at a path; undefined where there is nothing. */
export function at(json: unknown, ...path: (string | number)[]): unknown {
  return path.reduce(
    (value: unknown, step): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    json,
  );
}

export function listAt(json: unknown, ...path: string[]): unknown[] {
  const list = at(json, ...path);
  assert(Array.isArray(list), `no list at ${path.join('.')}`);
  return list;
}
