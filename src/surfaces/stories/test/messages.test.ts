import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const rooms = globSync('**/messages/*en.json', { cwd: root }).toSorted();

const messages = z.record(z.string(), z.string());
const read = (path: string) => messages.parse(JSON.parse(readFileSync(`${root}${path}`, 'utf8')));

type Element = { type: number; value?: unknown; options?: Record<string, { value: Element[] }>; children?: Element[] };

/** Names of the arguments and tags of a message. Literals (0) and `#` (7) name nothing. */
function argumentsOf(elements: readonly Element[]): string[] {
  const names = elements.flatMap((element) => [
    ...(element.type === 0 || element.type === 7 ? [] : [`${element.type === 8 ? '<>' : ''}${String(element.value)}`]),
    ...Object.values(element.options ?? {}).flatMap((option) => argumentsOf(option.value)),
    ...argumentsOf(element.children ?? []),
  ]);
  return [...new Set(names)].toSorted();
}

const shape = (message: string, locale: string): string[] => argumentsOf(new IntlMessageFormat(message, locale).getAst());

test('there are rooms with messages', () => assert.ok(rooms.length >= 4, `found ${rooms.join(', ')}`));

for (const room of rooms) {
  const german = room.replace(/en\.json$/, 'de.json');
  test(`${relative('.', room)}: German has exactly the keys of English, every message parses and names the same arguments`, () => {
    const [en, de] = [read(room), read(german)];
    assert.deepEqual(Object.keys(de).toSorted(), Object.keys(en).toSorted());
    for (const [key, message] of Object.entries(en)) {
      assert.deepEqual(shape(de[key] ?? '', 'de'), shape(message, 'en'), key);
    }
  });

  test(`${relative('.', room)}: no sentence promises more than the log can hold`, () => {
    for (const [key, message] of Object.entries(read(room))) {
      if (/cannot (be )?rewr/i.test(message)) assert.match(message, /unnoticed/i, key);
    }
    for (const [key, message] of Object.entries(read(german))) {
      if (/umschreiben/i.test(message)) assert.match(message, /unbemerkt/i, key);
    }
  });
}
