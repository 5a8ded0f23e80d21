import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, observe } from '../../../ledger/index.ts';
import { visitor } from '../../../../tests/support/ledger.ts';
import { accept, needs, publicLeaves, refuseAll, staff, testVerbs } from '../../../../tests/support/verbs.ts';
import {
  hideDocument,
  listTranslations,
  loadPolicy,
  loadVersion,
  openDocument,
  publishTranslation,
  publishVersion,
  saveTranslation,
  withdrawVersion,
} from '../index.ts';
import { readTranslationDraft } from '../translation/read-translations.ts';

const writer = staff('policies:write', 'policies:read');
const publisher = staff('policies:publish', 'policies:write', 'policies:read');
const nobody = '00000000-0000-4000-8000-000000000000';

test('a version is translated later, by an entry of its own that says which version it is of; a newer version makes it lag', async (t) => {
  const ledger = await testVerbs(t);
  const opened = await act(ledger, writer, (ctx) => openDocument(ctx, { slug: 'privacy', title: 'Privacy', language: 'en' }));
  assert(opened.ok);
  const { documentId } = opened.value;
  const publish = async (text: string, effectiveLocal = '') => {
    const sent = { documentId, text: Buffer.from(text), summary: 'In short.', effectiveLocal, zone: 'Europe/Berlin' };
    const done = await act(ledger, publisher, (ctx) => publishVersion(ctx, { ...sent, changeClass: 'editorial' }));
    assert(done.ok);
  };
  await publish('# Privacy\n\nWe keep names.\n');

  const edit = { documentId, language: 'de', title: 'Datenschutz', text: '# Datenschutz\n', summary: 'Kurz.', revision: 0 };
  await needs(ledger, 'policies:write', saveTranslation, edit);
  await refuseAll({ ledger, actor: writer }, saveTranslation, {
    'policies/document-not-found': [['no document', { ...edit, documentId: nobody }]],
    'policies/language-not-valid': ['', 'D', 'de_DE', 'de-abc1', 'de-de', 'de/../en', 'x'.repeat(30)].map(
      (language) => [language, { ...edit, language }] as const,
    ),
    'policies/language-is-original': [['English again', { ...edit, language: 'en' }]],
    'policies/draft-changed-meanwhile': [['never saved', { ...edit, revision: 3 }, { revision: 0 }]],
    'policies/text-too-large': [['six million', { ...edit, text: 'x'.repeat(6_000_000) }]],
  });
  await accept({ ledger, actor: writer, recorded: [] }, saveTranslation, edit);
  const second = await act(ledger, writer, (ctx) => saveTranslation(ctx, { ...edit, text: 'Another.' }));
  assert.equal(!second.ok && second.refusal, 'policies/draft-changed-meanwhile', 'two translators never overwrite each other');
  assert.equal((await readTranslationDraft(observe(ledger, writer), documentId, 'de'))?.text, '# Datenschutz\n');

  const text = Buffer.from('# Datenschutz\n\nWir behalten Namen, sagt Ada Lovelace.\n');
  const sent = { documentId, number: 1, language: 'de', title: 'Datenschutz', text, summary: 'Kurz.' };
  await needs(ledger, 'policies:publish', publishTranslation, sent);
  const notFound = [0, 2, 1.5, Number.NaN, 1e12].map((number) => [`version ${number}`, { ...sent, number }] as const);
  const table = {
    'policies/document-not-found': [['no document', { ...sent, documentId: nobody }]],
    'policies/version-not-found': notFound,
    'policies/language-not-valid': [['no language', { ...sent, language: 'Deutsch' }]],
    'policies/language-is-original': [['English', { ...sent, language: 'en' }]],
    'policies/title-missing': [['blank', { ...sent, title: ' ' }]],
    'policies/summary-missing': [['the version has one', { ...sent, summary: ' ' }]],
    'policies/summary-too-long': [['over two thousand', { ...sent, summary: 'x'.repeat(2_001) }]],
    'policies/blank-left': [['a blank', { ...sent, text: Buffer.from('a [[name]]') }]],
    'policies/text-empty': [['nothing', { ...sent, text: Buffer.from('') }]],
    'policies/text-too-large': [],
    'policies/text-binary': [],
    'policies/text-not-utf8': [],
    'policies/text-other-encoding': [],
  } as const;
  const elsewhere = { 'policies/already-withdrawn': [], 'policies/translation-unchanged': [], 'policies/document-hidden': [] };
  await refuseAll({ ledger, actor: publisher }, publishTranslation, { ...table, ...elsewhere });
  const recorded = ['public policy.translation-published', 'public policy.summary-published'];
  await accept({ ledger, actor: publisher, recorded }, publishTranslation, sent);
  assert(!(await publicLeaves(ledger.db)).includes('Lovelace'), 'no word of a text stands in a leaf');
  assert.equal(await readTranslationDraft(observe(ledger, writer), documentId, 'de'), null);
  await refuseAll({ ledger, actor: publisher }, publishTranslation, {
    ...table,
    ...elsewhere,
    'policies/translation-unchanged': [['the same again', sent, { edition: 1 }]],
  });

  const page = async (locale: string) =>
    (await loadPolicy(observe(ledger, visitor), 'privacy', { organisation: 'O', questions: [], locale }))?.view;
  assert.deepEqual(
    [(await page('de'))?.title, (await page('de'))?.language, (await page('de'))?.translated?.standing],
    ['Datenschutz', 'de', 'current'],
  );
  assert.deepEqual([(await page('en'))?.title, (await page('en'))?.translated], ['Privacy', null]);

  // A mistake is mended by another edition of the same version; the first stays in the log.
  await accept({ ledger, actor: publisher, recorded }, publishTranslation, { ...sent, title: 'Datenschutzerklärung' });
  assert.equal((await page('de'))?.translated?.edition, 2);

  await publish('# Privacy\n\nWe keep names and addresses.\n');
  const lagging = await page('de');
  assert.deepEqual(
    [lagging?.title, lagging?.language, lagging?.translated?.standing, lagging?.translated?.translated],
    ['Privacy', 'en', 'lagging', 1],
    'an old translation is never shown as the text in force',
  );
  const at = async (number: number, language: string) =>
    (await loadVersion(observe(ledger, visitor), 'privacy', number, 'O', language))?.view.title;
  assert.deepEqual(
    [await at(1, 'de'), await at(2, 'de'), await at(1, 'fr'), await at(1, 'en')],
    ['Datenschutzerklärung', undefined, undefined, undefined],
  );
  const there = await listTranslations(observe(ledger, visitor), documentId);
  assert.deepEqual(
    there.map(({ number, language, edition }) => [number, language, edition]),
    [[1, 'de', 2]],
  );

  await publish('# Privacy\n\nThree.\n', '2027-06-01');
  assert((await act(ledger, publisher, (ctx) => withdrawVersion(ctx, { documentId, number: 3, reason: 'A mistake in it.' }))).ok);
  await refuseAll({ ledger, actor: publisher }, publishTranslation, {
    ...table,
    ...elsewhere,
    'policies/version-not-found': [],
    'policies/already-withdrawn': [['of a withdrawn version', { ...sent, number: 3 }]],
  });
  assert((await act(ledger, publisher, (ctx) => hideDocument(ctx, { documentId }))).ok);
  await refuseAll({ ledger, actor: publisher }, publishTranslation, {
    ...table,
    ...elsewhere,
    'policies/version-not-found': [],
    'policies/document-hidden': [['nobody sees it', { ...sent, number: 2 }]],
  });
});
