import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindingKind } from '../text/detect/finding.ts';
import { diffTexts } from '../text/diff-texts.ts';

type Row = readonly [kind: FindingKind, before: string, after: string, seen: string];

/** Every finding of a kind as "before → after direction term". */
function seen(kind: FindingKind, before: string, after: string, language: string): string {
  return diffTexts(before, after, language)
    .clauses.flatMap(({ findings }) => findings)
    .filter((finding) => finding.kind === kind)
    .map(({ before, after, direction, term }) =>
      [before?.text ?? '·', '→', after?.text ?? '·', direction, term].filter((part) => part !== null).join(' '),
    )
    .join('; ');
}

// The last column is empty for a near miss: the words are there, the matter is not.
const english: readonly Row[] = [
  ['number', 'You may have 3 accounts.', 'You may have two accounts.', '3 → two less'],
  ['number', 'We are open to 1,000 people here.', 'We are open to 2 million people here.', '1,000 → 2 million more'],
  ['number', 'See Section 4 of these terms now.', 'See Section 5 of these terms now.', ''],
  ['number', 'Under ISO 27001 we keep this running.', 'Under ISO 27701 we keep this running.', ''],
  ['number', 'We (1) collect the data and (2) keep them.', 'We collect the data and keep them.', ''],
  ['duration', 'We answer within 14 days.', 'We answer within one month.', '14 days → one month longer'],
  [
    'duration',
    'We answer within thirty (30) days.',
    'We answer within 10 business days.',
    'thirty (30) days → 10 business days shorter',
  ],
  ['duration', 'We answer within 12 months of it.', 'We answer you within 1 year of it.', ''],
  ['duration', 'A 16 years old person may sign.', 'A 17 years old person may sign.', ''],
  ['money', 'A reminder costs $5 each.', 'A reminder costs $7.50 each.', '$5 → $7.50 more'],
  ['money', 'A reminder costs EUR 500 each.', 'A reminder costs 500 dollars each.', 'EUR 500 → 500 dollars'],
  ['money', 'A reminder costs $5 each.', 'A reminder letter costs $5 each.', ''],
  ['modality', 'We will tell you first.', 'We may tell you first.', 'will → may less'],
  ['modality', 'You should keep it secret.', 'You must keep it secret.', 'should → must more'],
  ['modality', 'We do not sell your data.', 'We sell your data.', 'not → ·'],
  ['modality', 'One matter.\n\nWe do not sell your data.', 'One matter.', 'not → ·'],
  ['modality', 'It starts on May 1, 2026 for all of you.', 'It starts on June 1, 2026 for all of you.', ''],
  ['modality', 'We must tell you the reason.', 'We shall tell you the reason.', ''],
  [
    'recipient',
    'We share data with our affiliates.',
    'We share data with our affiliates and advertisers.',
    '· → advertisers more',
  ],
  ['recipient', 'We own three affiliates abroad.', 'We own three affiliates and resellers abroad.', ''],
  [
    'category',
    'We collect your e-mail address.',
    'We collect your e-mail address and precise location.',
    '· → precise location more user.location.precise',
  ],
  ['category', 'We process health data for it.', 'We process data for it.', 'health data → · less user.health_and_medical'],
  ['category', 'Write to the e-mail address below.', 'Call us or write to the e-mail address and phone number below.', ''],
  ['category', 'We collect names only.', 'We collect names only and do not collect biometric data.', ''],
  [
    'purpose',
    'We use your data to ship.',
    'We use your data to ship and for advertising.',
    '· → advertising more marketing.advertising',
  ],
  [
    'purpose',
    'We use this data to ship goods.',
    'We use this data to ship goods and to train AI models.',
    '· → train AI more train_ai_system',
  ],
  ['purpose', 'We use your data to ship.', 'We use your data to ship, never for advertising.', ''],
  ['purpose', 'You may rent space to others.', 'You may rent space to others for advertising.', ''],
  ['retention', 'We keep logs for 30 days.', 'We keep logs for 6 months.', '30 days → 6 months longer'],
  ['retention', 'We delete logs after 90 days.', 'We delete logs after 7 days.', '90 days → 7 days shorter'],
  ['retention', 'We retain it for two years.', 'We retain it indefinitely.', 'two years → indefinitely longer'],
  ['retention', 'We answer within 30 days.', 'We answer within 60 days.', ''],
  ['right', 'You have the right to object to this.', 'We take care of this.', 'right to object → · less'],
  ['right', 'Claims go to the shop.', 'Claims go to the shop, and you waive any claim after a year.', '· → you waive less'],
  ['right', 'We only look with your consent.', 'We only look.', 'with your consent → · less'],
  ['right', 'You pay the fee at once.', 'You pay the fee at once, it is non-refundable.', '· → non-refundable less'],
  ['right', 'We have the right to access it.', 'We have the power over it.', ''],
  [
    'venue',
    'All disputes of ours go to the courts of Berlin.',
    'All disputes of ours go to arbitration.',
    'courts of Berlin → arbitration',
  ],
  ['venue', 'You follow the laws of your jurisdiction.', 'You follow all laws of your own jurisdiction.', ''],
  ['liability', 'We are liable for all damage.', 'We are liable up to what you paid.', 'liable → liable'],
  ['liability', 'The weather is reliable here.', 'The weather was reliable here.', ''],
  [
    'law',
    'It is governed by the laws of France.',
    'It is governed by the laws of Texas.',
    'governed by the laws → governed by the laws',
  ],
  ['law', 'We follow the laws that apply.', 'We follow all the laws that apply.', ''],
  [
    'age',
    'You must be at least 13 years old.',
    'You must be at least 16 years old.',
    'at least 13 years old → at least 16 years old more',
  ],
  ['age', 'Children under 16 need a parent.', 'Children under 14 need a parent.', 'under 16 → under 14 less'],
  ['age', 'You must have at least 13 old books.', 'You must have at least 13 very old books.', ''],
];
const german: readonly Row[] = [
  ['number', 'Sie dürfen 3 Konten haben.', 'Sie dürfen zwei Konten haben.', '3 → zwei less'],
  ['number', 'Es gilt § 5 Abs. 2 dieser Regeln.', 'Es gilt § 6 Abs. 3 dieser Regeln.', ''],
  ['duration', 'Wir antworten in 14 Tagen.', 'Wir antworten in einem Monat.', '14 Tagen → einem Monat longer'],
  ['duration', 'Wir antworten in 30 Tagen darauf.', 'Wir antworten Ihnen in 30 Tagen darauf.', ''],
  ['money', 'Eine Mahnung kostet 5 Euro.', 'Eine Mahnung kostet 7,50 €.', '5 Euro → 7,50 € more'],
  ['money', 'Eine Mahnung kostet 1.000 Euro.', 'Die Mahnung kostet 1000 EUR.', ''],
  ['modality', 'Sie können es melden.', 'Sie müssen es melden.', 'können → müssen more'],
  ['modality', 'Wir verkaufen Ihre Daten nicht.', 'Wir verkaufen Ihre Daten.', 'nicht → ·'],
  ['modality', 'Ein Wort.\n\nWir geben Ihre Daten nie weiter.', 'Ein Wort.', 'nie → ·'],
  ['modality', 'Ihre Daten werden gespeichert.', 'Ihre Daten wurden gespeichert.', ''],
  [
    'recipient',
    'Wir geben Daten an Behörden weiter.',
    'Wir geben Daten an Behörden und Werbepartner weiter.',
    '· → Werbepartner more',
  ],
  ['recipient', 'Unsere Partner sitzen in Bonn.', 'Unsere Partner und Dienstleister sitzen in Bonn.', ''],
  [
    'category',
    'Wir erheben Ihre Telefonnummer.',
    'Wir erheben Ihre Telefonnummer und Standortdaten.',
    '· → Standortdaten more user.location',
  ],
  ['category', 'Das Passwort wählen Sie selbst.', 'Das Passwort und die Telefonnummer wählen Sie selbst.', ''],
  [
    'purpose',
    'Wir nutzen Ihre Daten für den Versand.',
    'Wir nutzen Ihre Daten für den Versand und für Werbung.',
    '· → Werbung more marketing.advertising',
  ],
  ['purpose', 'Wir nutzen Ihre Daten für den Versand.', 'Wir nutzen Ihre Daten für den Versand, nicht für Werbung.', ''],
  ['retention', 'Wir speichern Protokolle 30 Tage.', 'Wir speichern Protokolle sechs Monate.', '30 Tage → sechs Monate longer'],
  ['retention', 'Wir antworten in 30 Tagen.', 'Wir antworten in 60 Tagen.', ''],
  ['right', 'Sie haben das Recht auf Auskunft.', 'Sie haben ein Konto.', 'Recht auf Auskunft → · less'],
  ['right', 'Das Recht gilt hier für alle.', 'Das Recht gilt hier für uns alle.', ''],
  ['venue', 'Der Gerichtsstand ist Köln am Rhein.', 'Der Gerichtsstand ist Hamburg am Rhein.', 'Gerichtsstand → Gerichtsstand'],
  ['venue', 'Ein leckeres Gericht ist Teil der Feier.', 'Das leckere Gericht ist Teil der Feier.', ''],
  ['liability', 'Wir haften für jeden Schaden.', 'Wir haften nur für Vorsatz.', 'haften → haften'],
  ['liability', 'Die Etiketten anhaften ist einfach.', 'Die Etiketten anhaften war einfach.', ''],
  [
    'law',
    'Es gilt deutsches Recht für alle.',
    'Es gilt österreichisches Recht für alle.',
    'Es gilt deutsches Recht → Es gilt österreichisches Recht',
  ],
  ['law', 'Sie haben jedes Recht dazu.', 'Sie haben alles Recht dazu.', ''],
  [
    'age',
    'Das Mindestalter beträgt 16 Jahre.',
    'Das Mindestalter beträgt 14 Jahre.',
    'Mindestalter beträgt 16 Jahre → Mindestalter beträgt 14 Jahre less',
  ],
  ['age', 'Im Alter lesen mindestens 3 Leute mit.', 'Im hohen Alter lesen mindestens 3 Leute mit.', ''],
];

for (const [language, rows] of [
  ['en', english],
  ['de', german],
] as const)
  for (const [kind, before, after, expected] of rows)
    test(`${language}, ${expected === '' ? 'no ' : ''}${kind}: ${after}`, () =>
      assert.equal(seen(kind, before, after, language), expected));

test('a row of a list of recipients that came or went is one, a company with another legal form is none', () => {
  const table = (...names: string[]) =>
    `|Name of subprocessor|Place|\n|-|-|\n${names.map((name) => `|${name}|Spain|\n`).join('')}`;
  const change = (before: string[], after: string[]) => seen('recipient', table(...before), table(...after), 'en');
  assert.equal(change(['Ada Inc'], ['Ada Inc', 'Bob Ltd']), '· → Bob Ltd more');
  assert.equal(change(['Ada Inc', 'Bob Ltd'], ['Ada Inc']), 'Bob Ltd → · less');
  assert.equal(change(['Ada Services'], ['Ada Services Inc']), '');
  assert.equal(change(['Ada (Cloud)', 'Bob'], ['Bob', 'Cloud (Ada)']), '');
});

test('the spans of a finding are those of the clause as it is shown, whatever is made equal for comparison', () => {
  const { clauses } = diffTexts('Ｗe keep\u00A0**logs** for 30 days.', 'Ｗe keep\u00A0**logs** for “sixty” 60 days.', 'en');
  for (const { parts, findings } of clauses)
    for (const { before, after } of findings)
      for (const [spot, other] of [[before, 'inserted'] as const, [after, 'deleted'] as const]) {
        const text = parts.map((part) => (part.kind === other ? '' : part.text)).join('');
        if (spot) assert.equal(text.slice(spot.from, spot.to), spot.text);
      }
  assert(clauses.some(({ findings }) => findings.length > 0));
});
