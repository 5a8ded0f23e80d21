import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingGrade } from '../text/reading-grade.ts';

const plain = 'We keep your name. We need it to send you what you buy. You can ask us to stop at any time. ';
const hard =
  'Notwithstanding anything to the contrary contained herein, the organisation reserves the unrestricted authority to disseminate ' +
  'personally identifiable information to affiliated organisations for administrative considerations. ';
const einfach = 'Wir heben Ihren Namen auf. Wir brauchen ihn, um Ihnen die Ware zu schicken. Sie können uns das verbieten. ';
const schwer =
  'Ungeachtet anderslautender Vereinbarungen behält sich die verantwortliche Organisation die uneingeschränkte Übermittlung ' +
  'personenbezogener Informationen an verbundene Unternehmen aus verwaltungstechnischen Erwägungen vor. ';

test('plain text asks for few school years, official prose for many, in English and German', () => {
  const grade = (text: string, language: string) => readingGrade(text.repeat(4), language)?.grade ?? Number.NaN;
  assert(grade(plain, 'en') < 3, String(grade(plain, 'en')));
  assert(grade(hard, 'en') > 20, String(grade(hard, 'en')));
  assert(grade(einfach, 'de-AT') < 5, String(grade(einfach, 'de-AT')));
  assert(grade(schwer, 'de') > 14, String(grade(schwer, 'de')));
});

// Worked out by hand: five words a sentence, five and eleven syllables: 0.39·5 + 11.8·11/5 − 15.59 = 12.32.
test('the English grade is that of the formula', () => {
  assert.equal(readingGrade('The cat sat down here. '.repeat(12), 'en')?.grade, 0);
  const longer = readingGrade('The information is available here. '.repeat(12), 'en');
  assert.deepEqual(longer, { grade: 12.3, formula: 'flesch-kincaid', words: 60, sentences: 12 });
});

test('the German grade is that of the formula', () => {
  // Five words a sentence: one of three syllables or more, two longer than six letters, two of one syllable.
  const { grade } = readingGrade('Wir speichern die Informationen gerne. '.repeat(12), 'de') ?? { grade: Number.NaN };
  assert.equal(grade, Math.round((0.1935 * 20 + 0.1672 * 5 + 0.1297 * 40 - 0.0327 * 40 - 0.875) * 10) / 10);
});

test('other languages and texts too short to judge have no grade; headings, tables and code do not count', () => {
  assert.equal(readingGrade(plain.repeat(9), 'fr'), null);
  assert.equal(readingGrade(plain, 'en'), null);
  assert.equal(readingGrade(`# ${plain.repeat(5)}\n\n\`\`\`\n${plain.repeat(5)}\n\`\`\``, 'en'), null);
});
