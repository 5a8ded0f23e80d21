/** A question of the sample organisation and what became of it. Hours count back from the moment the sample is made. */
export type SeedQuestion = {
  readonly slug: string;
  readonly version: number;
  /** Text of the heading asked about. */
  readonly heading: string;
  readonly question: string;
  readonly askedHoursAgo: number;
  readonly answer: string | null;
  readonly answeredHoursAgo: number;
  readonly publish: boolean;
};

export const seedQuestions: readonly SeedQuestion[] = [
  {
    slug: 'privacy',
    version: 1,
    heading: 'Your rights',
    question: 'Do you need a copy of my passport before you send me my data?',
    askedHoursAgo: 24 * 150,
    answer:
      'No. If you write from the address of your account, that is enough. Otherwise we ask for an order number, nothing more.',
    answeredHoursAgo: 24 * 150 - 5,
    publish: true,
  },
  {
    slug: 'terms',
    version: 2,
    heading: 'Delivery',
    question: 'Who pays if the parcel arrives damaged and the courier says it was packed badly?',
    askedHoursAgo: 24 * 41,
    answer: 'We do. You need not argue with the courier: send us a picture and we send a new parcel.',
    answeredHoursAgo: 24 * 40,
    publish: true,
  },
  {
    slug: 'privacy',
    version: 2,
    heading: 'Cookies',
    question: 'Why does the shop remember my basket after I have closed the browser?',
    askedHoursAgo: 24 * 30,
    answer: 'The basket is kept for seven days in a cookie of ours. We were late in answering this and have added a reminder.',
    answeredHoursAgo: 24 * 20,
    publish: false,
  },
  {
    slug: 'terms',
    version: 2,
    heading: 'If something is faulty',
    question: 'Does the guarantee cover the grinder that came free with a subscription?',
    askedHoursAgo: 24 * 9,
    answer: null,
    answeredHoursAgo: 0,
    publish: true,
  },
  {
    slug: 'privacy',
    version: 3,
    heading: 'What we collect, why, and for how long',
    question: 'Does the shorter period for visits also hold for the backups?',
    askedHoursAgo: 2,
    answer: null,
    answeredHoursAgo: 0,
    publish: true,
  },
];
