import assert from 'node:assert/strict';
import { test } from 'node:test';
import de from '../messages/de.json' with { type: 'json' };
import en from '../messages/en.json' with { type: 'json' };
import { isVerifyKey, verifyText } from '../verify-text.ts';

const names = (message: string): string[] => [...new Set(message.match(/\{\w+(?=[},])/g))].toSorted();

test('both languages have the same keys, in the same order, and name the same values', () => {
  assert.deepEqual(Object.keys(de), Object.keys(en));
  const german: Readonly<Record<string, string>> = de;
  for (const [key, message] of Object.entries(en)) assert.deepEqual(names(german[key] ?? ''), names(message), key);
});

test('every message is of the small form that the checker can speak, and leaves no brace behind', () => {
  const values = { n: 2, size: 3, to: 2, length: 2, witnessed: 2 };
  for (const language of ['en', 'de']) {
    const t = verifyText(language, 'UTC');
    for (const key of Object.keys(en).filter(isVerifyKey)) assert.doesNotMatch(t(key, values), /[{}]/, `${language} ${key}`);
  }
});

test('plural forms, numbers and times follow the language and the zone', () => {
  const [english, german] = [verifyText('en', 'UTC'), verifyText('de-AT', 'Europe/Berlin')];
  assert.equal(english('memory.same', { size: 1 }).includes('one entry'), true);
  assert.equal(english('memory.same', { size: 12_000 }).includes('12,000 entries'), true);
  assert.equal(german('memory.same', { size: 12_000 }).includes('12.000 Einträge'), true);
  assert.equal(english.instant(0), '1 January 1970 at 00:00 UTC');
  assert.equal(german.instant(0), '1. Januar 1970 um 01:00 MEZ');
  assert.equal(verifyText('ar', 'UTC').language, 'en');
});

test('a value that looks like a placeholder or a pattern is only ever text', () => {
  const t = verifyText('en', 'UTC');
  assert.equal(t('place.entry', { index: '$& {n} $1' }), 'Entry $& {n} $1');
});
