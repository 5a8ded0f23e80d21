import { type NoticePeriod, type NoticeRule, ruleName } from './notice-rule.ts';

const days = (count: number): NoticePeriod => ({ unit: 'days', count });
const months = (count: number): NoticePeriod => ({ unit: 'months', count });

/**
 * Rules of notice with their sources. Not legal advice: each says what we read in its article, and an organisation decides which
 * concern it. All of them let a correction that changes no meaning take effect at once; that is our reading where a law is silent.
 */
export const noticeRules: readonly NoticeRule[] = [
  {
    id: 'default',
    version: 1,
    title: { en: '30 days before a change for the worse', de: '30 Tage vor einer Verschlechterung' },
    article: null,
    source: null,
    checkedOn: '2026-11-22',
    concerns: { en: 'Every organisation that wants to be fair.', de: 'Jede Organisation, die fair sein will.' },
    summary: {
      en: 'People get 30 days to read a change that takes something from them, and to leave. Other changes may take effect at once.',
      de: 'Wer durch eine Änderung etwas verliert, hat 30 Tage, um sie zu lesen und zu gehen. Andere Änderungen dürfen sofort gelten.',
    },
    periods: { adverse: days(30), material: days(0), editorial: days(0) },
    tellEach: [],
  },
  {
    id: 'eu-p2b-3-2',
    version: 1,
    title: { en: '15 days for business users of a platform', de: '15 Tage für gewerbliche Nutzer einer Plattform' },
    article: 'Regulation (EU) 2019/1150, Art. 3(2)',
    source: 'https://eur-lex.europa.eu/eli/reg/2019/1150/oj',
    checkedOn: '2026-11-22',
    concerns: {
      en: 'Marketplaces, app stores and other platforms on which businesses sell to consumers in the EU: the terms for those businesses.',
      de: 'Marktplätze, App-Stores und andere Plattformen, auf denen Unternehmen an Verbraucher in der EU verkaufen: die Bedingungen für diese Unternehmen.',
    },
    summary: {
      en: 'Each business user is told on a durable medium at least 15 days before a change, longer where it has to adapt technically or commercially. Corrections that change no meaning are no change (recital 18).',
      de: 'Jeder gewerbliche Nutzer erfährt von einer Änderung auf einem dauerhaften Datenträger mindestens 15 Tage vorher, länger, wo er technisch oder kaufmännisch etwas anpassen muss. Korrekturen ohne neuen Sinn sind keine Änderung (Erwägungsgrund 18).',
    },
    periods: { adverse: days(15), material: days(15), editorial: days(0) },
    tellEach: ['adverse', 'material'],
  },
  {
    id: 'eu-psd2-54-1',
    version: 1,
    title: { en: 'Two months for payment services', de: 'Zwei Monate für Zahlungsdienste' },
    article: 'Directive (EU) 2015/2366, Art. 54(1)',
    source: 'https://eur-lex.europa.eu/eli/dir/2015/2366/oj',
    checkedOn: '2026-11-22',
    concerns: {
      en: 'Banks and other payment service providers in the EU: the framework contract with their customers.',
      de: 'Banken und andere Zahlungsdienstleister in der EU: der Rahmenvertrag mit ihren Kunden.',
    },
    summary: {
      en: 'A change is proposed no later than two months before it is to apply. Until then the customer may refuse it, and leave free of charge. How law in each country puts this may be stricter.',
      de: 'Eine Änderung wird spätestens zwei Monate vorher vorgeschlagen. Bis dahin kann der Kunde sie ablehnen und kostenlos kündigen. Das Recht des einzelnen Landes kann strenger sein.',
    },
    periods: { adverse: months(2), material: months(2), editorial: days(0) },
    tellEach: ['adverse', 'material'],
  },
  {
    id: 'eu-dcd-19',
    version: 1,
    title: { en: 'Digital content and services: 30 days to leave', de: 'Digitale Inhalte und Dienste: 30 Tage zum Gehen' },
    article: 'Directive (EU) 2019/770, Art. 19',
    source: 'https://eur-lex.europa.eu/eli/dir/2019/770/oj',
    checkedOn: '2026-11-22',
    concerns: {
      en: 'Who supplies digital content or services to consumers in the EU, also in exchange for their data.',
      de: 'Wer Verbrauchern in der EU digitale Inhalte oder Dienste liefert, auch im Tausch gegen ihre Daten.',
    },
    summary: {
      en: 'A change to the worse is announced reasonably in advance on a durable medium, and consumers may leave free of charge within 30 days. The law names no number of days for the notice; ours are 30, so that whoever wants to leave can do so before.',
      de: 'Eine Verschlechterung wird mit angemessener Frist auf einem dauerhaften Datenträger angekündigt, und Verbraucher dürfen binnen 30 Tagen kostenlos gehen. Das Gesetz nennt für die Ankündigung keine Zahl; unsere ist 30, damit man vorher gehen kann.',
    },
    periods: { adverse: days(30), material: days(0), editorial: days(0) },
    tellEach: ['adverse', 'material'],
  },
  {
    id: 'eu-dsa-14-2',
    version: 1,
    title: { en: 'Online services: tell each user', de: 'Online-Dienste: alle Nutzer informieren' },
    article: 'Regulation (EU) 2022/2065, Art. 14(2)',
    source: 'https://eur-lex.europa.eu/eli/reg/2022/2065/oj',
    checkedOn: '2026-11-22',
    concerns: {
      en: 'Hosting services, platforms, search engines and other intermediaries: their terms.',
      de: 'Hosting-Dienste, Plattformen, Suchmaschinen und andere Vermittler: ihre Bedingungen.',
    },
    summary: {
      en: 'Users are told of each significant change. The article names no time before it.',
      de: 'Nutzer werden über jede wesentliche Änderung informiert. Eine Frist nennt der Artikel nicht.',
    },
    periods: { adverse: days(0), material: days(0), editorial: days(0) },
    tellEach: ['adverse', 'material'],
  },
];

/** The newest version of each rule, which is what can be chosen. */
export const currentRules: readonly NoticeRule[] = noticeRules.filter(
  ({ id, version }) => !noticeRules.some((other) => other.id === id && other.version > version),
);

export function findRule(name: string): NoticeRule | undefined {
  return noticeRules.find((rule) => ruleName(rule) === name);
}
