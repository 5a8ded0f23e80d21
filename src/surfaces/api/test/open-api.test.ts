import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Fragment, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { publicRead } from '#kernel/contract';
import { openApi } from '#kernel/open-api';
import { apiPage } from '../../trust/api-page.tsx';
import { at } from './conformance.ts';
import { apiDocument, apiPrefix, apiRoutesList } from '../api-document.ts';

const document = apiDocument();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

suite('the OpenAPI document', () => {
  test('has one operation for each route, each with a name of its own', () => {
    assert.equal(operations.length, apiRoutesList.length);
    assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
    for (const { contract } of apiRoutesList) assert(document.paths[`${apiPrefix}${contract.path}`]?.[contract.method]);
  });

  test('is built as 3.1 asks', () => {
    assert.match(document.openapi, /^3\.1\.\d+$/);
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      assert.deepEqual(
        inPath.map(({ name }) => name),
        named,
        path,
      );
      assert(
        inPath.every(({ required }) => required),
        path,
      );
      assert(Object.keys(operation.responses).length > 0, path);
      for (const [status, { description }] of Object.entries(operation.responses)) {
        assert.match(status, /^[1-5]\d\d$/);
        assert(description.length > 5, `${path} ${status}`);
      }
    }
  });

  test('refers only to components that it has, and uses all of them', () => {
    const referred = new Set<string>();
    walk(document, (node) => {
      const reference = at(node, '$ref');
      if (typeof reference === 'string') referred.add(reference);
      for (const stray of ['$schema', '$id', '$defs', 'id'])
        assert.equal(typeof at(node, stray) === 'string', false, `${stray} is left in`);
    });
    const there = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    assert.deepEqual([...referred].toSorted(), there.toSorted());
  });

  test('its examples are what the contracts accept', () => {
    for (const { contract } of apiRoutesList) {
      if (contract.body) contract.body.parse(contract.bodyExample);
      for (const [status, { schema, example }] of Object.entries(contract.responses)) {
        if (!schema || contract.path === '/openapi.json') continue;
        assert(example !== undefined, `${contract.path} ${status} has no example`);
        schema.parse(example);
      }
    }
  });

  test('survives JSON, and is the same each time', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
    assert.equal(apiDocument(), document);
  });

  test('a member that is named like a word of JSON Schema is kept', () => {
    const schema = z.strictObject({ pattern: z.int(), maximum: z.string(), $ref: z.string() }).meta({ id: 'Odd' });
    const response = { description: 'It.', mediaType: 'application/json', schema };
    const made = openApi(document.info, '', [
      { ...publicRead, path: '/odd', summary: 'Odd.', responses: { 200: response }, refusals: {} },
    ]);
    const odd = at(made.components.schemas, 'Odd', 'properties') ?? {};
    assert.deepEqual(Object.keys(odd), ['pattern', 'maximum', '$ref']);
  });

  test('is the page that people read', () => {
    const page = apiPage(document, { locale: 'de', zone: 'Europe/Berlin', now: Temporal.Instant.from('2026-11-21T00:00:00Z') });
    const html = renderToString(h(Fragment, null, page.body));
    for (const { path } of operations) assert(html.includes(path), path);
    assert(html.includes('request/too-many'));
    assert(html.includes('mayPublish'), 'the members of a body are told');
  });
});

function walk(node: unknown, visit: (node: object) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) visit(node);
  for (const [name, inner] of Object.entries(node)) {
    // The names below `properties` are ours, not words of JSON Schema; those in an example are nobody's.
    if (name === 'properties') for (const property of Object.values(Object(inner))) walk(property, visit);
    else if (name !== 'example') walk(inner, visit);
  }
}
