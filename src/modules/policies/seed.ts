import { readFile } from 'node:fs/promises';
import { fillTemplate, findBlanks } from './templates/fill-template.ts';

/** One publication of the sample organisation. Days count back from the day the sample is made. */
export type SeedVersion = {
  readonly slug: string;
  readonly title: string;
  readonly publishedDaysAgo: number;
  /** `null`: in force at once. Negative: still to come. */
  readonly effectiveDaysAgo: number | null;
  readonly summary: string;
  readonly text: string;
};

const privacyAnswers: Readonly<Record<string, string>> = {
  'contact e-mail': 'hello@kestrel.invalid',
  organisation: 'Kestrel Coffee Roasters',
  'postal address': '12 Quay Street, 0150 Harbourtown',
  'Do you have a data protection officer': 'Data protection officer: write to privacy@kestrel.invalid',
  'Does a payment provider check':
    'Our payment provider checks cards for fraud before it accepts them. If it refuses yours, write to us: a person looks at it.',
  'Does any of them process data outside': 'All of them process your data within the European Economic Area.',
  'How long do you keep messages': 'Three years after the last message',
  'How long do you keep orders': 'Three years after the year of the order',
  'How long do you keep server logs': '30 days',
  'How many days before a change': '30',
  'How many years must you keep invoices': 'Ten years',
  'List every other cookie': 'We set no other cookies.',
  'What do you do to keep data safe':
    'The connection to our site is encrypted. Only staff who handle orders can see them, and they sign in with a second factor.',
  'Which data protection authority': 'the Data Protection Authority of Harbourtown',
  'Who delivers your parcels': 'Quayside Couriers',
  'Who handles your payments': 'Ledgerline Payments',
  'Who hosts your shop': 'Northern Hosting',
};

const termsAnswers: Readonly<Record<string, string>> = {
  'contact e-mail': 'hello@kestrel.invalid',
  organisation: 'Kestrel Coffee Roasters',
  'postal address': '12 Quay Street, 0150 Harbourtown',
  'Company register': 'Harbourtown company register 48 113; VAT XX 481 130 902; managing director: as entered in the register',
  'Do you take part in dispute resolution': 'We take part in dispute resolution before the Consumer Ombudsman of Harbourtown.',
  'From which age': '16',
  'How long is the legal guarantee': 'two years',
  'How many days before a change': '30',
  'To which countries': 'the European Economic Area',
  'What do you sell': 'We sell coffee beans that we roast ourselves, and what one needs to make coffee of them.',
  'When is the money taken': 'We charge you when the goods leave our house.',
  'Where on your site': '“Cancel an order”',
  'Where should returned goods': 'the address above',
  "Which country's law": 'the country in which we have our seat',
  'Which of your goods': 'With us this concerns opened bags of coffee.',
  'Which ways to pay': 'card or bank transfer',
  'Who pays for the return': 'We pay for the return.',
  'Within how many days do you accept': 'two',
  'Within how many working days do you answer': 'two',
  'Within how many working days do you send': 'three',
};

/** What the sample organisation published, oldest first: a policy that grew, terms that changed once, one change still to come. */
export async function seedVersions(): Promise<SeedVersion[]> {
  const privacy = await filled('./templates/privacy-policy.en.md', privacyAnswers);
  const terms = await filled('./templates/terms-of-service.en.md', termsAnswers);
  const shorter = changed(privacy, 'Three years after the last message', 'Two years after the last message');
  const shortest = changed(shorter, '| 30 days |', '| 14 days |');
  return [
    {
      slug: 'privacy',
      title: 'Privacy policy',
      publishedDaysAgo: 420,
      effectiveDaysAgo: null,
      summary: 'Our first privacy policy under this record. It says what we keep, why, for how long, and how to make us stop.',
      text: privacy,
    },
    {
      slug: 'terms',
      title: 'Terms of service',
      publishedDaysAgo: 418,
      effectiveDaysAgo: null,
      summary:
        'The rules when you buy from us: prices, delivery, your right to cancel, and what happens when something is faulty.',
      text: terms,
    },
    {
      slug: 'privacy',
      title: 'Privacy policy',
      publishedDaysAgo: 200,
      effectiveDaysAgo: 168,
      summary: 'We now erase your messages after two years instead of three.',
      text: shorter,
    },
    {
      slug: 'terms',
      title: 'Terms of service',
      publishedDaysAgo: 95,
      effectiveDaysAgo: 60,
      summary: 'We now send orders within two working days instead of three.',
      text: changed(terms, 'within three working days', 'within two working days'),
    },
    {
      slug: 'privacy',
      title: 'Privacy policy',
      publishedDaysAgo: 12,
      effectiveDaysAgo: -20,
      summary: 'We will keep the technical record of visits for 14 days instead of 30.',
      text: shortest,
    },
  ];
}

async function filled(file: string, answers: Readonly<Record<string, string>>): Promise<string> {
  const template = await readFile(new URL(file, import.meta.url), 'utf8');
  const values = findBlanks(template).map(({ name }) => {
    const key = Object.keys(answers).find((begin) => name === begin || name.startsWith(begin));
    return [name, (key !== undefined && answers[key]) || ''] as const;
  });
  const text = fillTemplate(template, Object.fromEntries(values));
  const [left] = findBlanks(text);
  if (left) throw new Error(`the sample has no answer to the blank ${left.name}`);
  return text;
}

function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the sample text no longer says "${from}"`);
  return text.replace(from, to);
}
