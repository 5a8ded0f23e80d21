import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { interfaceLanguages } from '#kernel/i18n';
import { messageBytes } from './message-bytes.ts';
import { mailAddress, renderLetter, templates } from '../index.ts';
import { mailCases } from '../../surfaces/stories/fixtures/mail.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    'A\r\nBcc: eve@evil.example',
    'A\n\n.\r\nMAIL FROM:<eve@evil.example>',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '=?utf-8?Q?=0D=0ABcc:_eve@evil.example?=',
    '\u202Egnp.exe',
    '{organisation}',
    "' , # <b>",
  ),
);

/** Every string of a view but addresses of pages and instants, which no person types. */
function spoil(view: { organisation: string }, evil: string): { organisation: string } {
  const spoiled = Object.entries(view).map(([key, value]: [string, unknown]) => {
    if (['href', 'at', 'zone'].includes(key)) return [key, value];
    if (Array.isArray(value)) return [key, value.map(() => evil)];
    return [key, typeof value === 'string' ? evil : value];
  });
  return { organisation: evil, ...Object.fromEntries(spoiled) };
}

test('every letter says in both languages who writes, what to do and why it came, in text and in HTML alike', () => {
  for (const locale of interfaceLanguages) {
    for (const { name, view, make } of mailCases) {
      const letter = make(view, locale);
      const { subject, text, html } = renderLetter(letter, locale);
      assert.ok(subject.length > 10 && subject.length <= 150, name);
      assert.ok(text.includes(letter.why) && text.includes(view.organisation) && html.includes(`<html lang="${locale}"`), name);
      for (const block of letter.blocks) {
        const words = block.kind === 'list' ? block.items : block.kind === 'button' ? [block.label, block.href] : [block.text];
        for (const word of words) assert.ok(text.includes(word), `${name}: ${word}`);
      }
      assert.doesNotMatch(`${text}${html}`, /undefined|\[object|\{\w+\}| style=|<style|<script|<img/, name);
    }
  }
  assert.deepEqual([...new Set(mailCases.map(({ template }) => template))].toSorted(), Object.keys(templates).toSorted());
});

test('whatever a name or a device says, it stays words: no element, no header, no second paragraph', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, fc.nat(mailCases.length - 1), async (evil, at) => {
      const one = mailCases[at];
      assert.ok(one);
      const plain = renderLetter(one.make(one.view, 'en'), 'en');
      const spoiled = renderLetter(one.make(spoil(one.view, evil), 'en'), 'en');
      assert.doesNotMatch(spoiled.subject, /[\p{Cc}\p{Zl}\p{Zp}\u202E]/u);
      assert.equal(spoiled.text.split('\n').length, plain.text.split('\n').length);
      const tags = (html: string) => html.replaceAll(/>[^<]*/g, '>').replaceAll(/ href="[^"]*"/g, '');
      assert.equal(tags(spoiled.html), tags(plain.html));
      const raw = await messageBytes({ ...spoiled, fromName: evil });
      const names = (text: string) =>
        [...text.slice(0, text.indexOf('\r\n\r\n')).matchAll(/^([\w-]+):/gm)].map(([, name]) => name);
      assert.deepEqual(names(raw), names(await messageBytes({ ...plain, fromName: 'Harbour Bank' })));
    }),
    { numRuns: 150 },
  );
});

test('an address has one form, and what cannot be one is none', () => {
  const table: readonly (readonly [typed: string, address: string | null])[] = [
    ['ada@example.org', 'ada@example.org'],
    ['  ada@Example.ORG ', 'ada@example.org'],
    ['Ada@example.org', 'Ada@example.org'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['jörg@example.org', 'jörg@example.org'],
    ['jo\u0308rg@example.org', 'jörg@example.org'],
    ['δοκιμή@παράδειγμα.δοκιμή', 'δοκιμή@xn--hxajbheg2az3al.xn--jxalpdlp'],
    ["o'hara+shop@mail.example.org", "o'hara+shop@mail.example.org"],
    ['ada@localhost', 'ada@localhost'],
    ['ada', null],
    ['@example.org', null],
    ['ada@', null],
    ['ada@nodot', null],
    ['a b@example.org', null],
    ['ada@exa mple.org', null],
    ['ada@example.org\r\nBcc: eve@evil.example', null],
    ['ada@example.org>', null],
    ['<ada@example.org>', null],
    ['ada,eve@example.org', null],
    ['"ada"@example.org', null],
    ['ada@[127.0.0.1]', null],
    ['ada\u202E@example.org', null],
    ['ada@-example.org', null],
    [`${'a'.repeat(65)}@example.org`, null],
    [`ada@${'a.'.repeat(130)}org`, null],
  ];
  for (const [typed, address] of table) assert.equal(mailAddress(typed), address, typed);
});

test('no address that is accepted can end a header line or a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const address = mailAddress(`${text}@example.org`);
      if (address !== null) assert.match(address, /^[^\s<>\p{Cc}]+$/u);
    }),
  );
});
