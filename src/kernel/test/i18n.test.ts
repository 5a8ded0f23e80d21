import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dir, formatAge, formatDate, formatInstant, interfaceLanguage, languageName, translator } from '#kernel/i18n';
import { h, type ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

const text = translator({
  en: {
    hello: 'Hello {name}',
    kept: '{n, plural, one {One promise} other {{n, number} promises}}',
    linked: 'Read <a>the {what}</a>, <b>now</b>',
  },
  de: {
    hello: 'Hallo {name}',
    kept: '{n, plural, one {Eine Zusage} other {{n, number} Zusagen}}',
    linked: '<a>{what} lesen</a>, <b>jetzt</b>',
  },
});

test('a sentence is spoken in the language of the reader, and in English where we have none', () => {
  assert.equal(text('de-AT')('hello', { name: 'Ada' }), 'Hallo Ada');
  assert.equal(text('fr')('hello', { name: 'Ada' }), 'Hello Ada');
  assert.equal(interfaceLanguage('DE-at'), 'de');
});

test('plurals and numbers follow the language of the sentence', () => {
  assert.equal(text('en')('kept', { n: 1 }), 'One promise');
  assert.equal(text('en')('kept', { n: 8214 }), '8,214 promises');
  assert.equal(text('de')('kept', { n: 8214 }), '8.214 Zusagen');
});

test('a sentence that needs a value refuses to be spoken without it', () => {
  assert.throws(() => text('en')('hello'), /name/);
});

const link = (inner: ComponentChildren) => h('a', { href: '/x' }, inner);

test('tags become elements, and values stay text whatever they hold', () => {
  const html = renderToString(h('p', null, text('en').rich('linked', { a: link, what: '<script>alert(1)</script><b>' })));
  assert.equal(html, '<p>Read <a href="/x">the &lt;script>alert(1)&lt;/script>&lt;b></a>, <b>now</b></p>');
  assert.equal(text('en')('hello', { name: '<b>' }), 'Hello <b>');
});

test('times are absolute, in a named zone, also across a change of clocks', () => {
  const winter = Temporal.Instant.from('2026-11-02T23:00:00Z');
  assert.equal(formatInstant('en', winter, 'Europe/Berlin'), '3 November 2026 at 00:00 CET');
  assert.equal(formatInstant('de', winter, 'Europe/Berlin'), '3. November 2026 um 00:00 MEZ');
  assert.equal(formatDate('en', winter, 'America/New_York'), '2 November 2026');
  assert.match(formatInstant('en', Temporal.Instant.from('2026-07-01T00:00:00Z'), 'Europe/Berlin'), /02:00 CEST$/);
});

test('an age is counted in the largest whole unit and never rounded up', () => {
  const now = Temporal.Instant.from('2026-11-21T12:00:00Z');
  const ago = (text: string) => formatAge('en', now.subtract(text), now);
  assert.equal(ago('PT59S'), 'this minute');
  assert.equal(ago('PT119M'), '1 hour ago');
  assert.equal(ago('PT47H'), '1 day ago');
  assert.equal(formatAge('de', now.add('PT72H'), now), 'in 3 Tagen');
});

test('direction follows the script, not the language alone', () => {
  assert.deepEqual(['en', 'ar', 'he', 'az-Arab', 'ur', 'de'].map(dir), ['ltr', 'rtl', 'rtl', 'rtl', 'rtl', 'ltr']);
  assert.equal(languageName('de'), 'Deutsch');
});
