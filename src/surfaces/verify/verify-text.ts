import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };

export type VerifyKey = keyof typeof en;
export type VerifyValues = Readonly<Record<string, string | number>>;

/** The checker's sentences in one language. ICU forms, of which only names and `plural` with one and other occur. */
export type VerifyText = {
  (key: VerifyKey, values?: VerifyValues): string;
  /** BCP 47 tag of the sentences. */
  readonly language: 'en' | 'de';
  readonly list: (items: readonly string[]) => string;
  /** Date, time and named zone. */
  readonly instant: (epochMilliseconds: number) => string;
};

const catalogues: { readonly en: typeof en; readonly de: Readonly<Record<VerifyKey, string>> } = { en, de };
const plural = /\{(\w+), plural, one \{((?:[^{}]|\{\w+\})*)\} other \{((?:[^{}]|\{\w+\})*)\}\}/g;

/**
 * Small enough to travel inside the script and the offline file, where the server's message library (12 kB) has no place.
 * @param locale BCP 47; English where we have no sentences in it.
 * @param zone IANA zone in which times are shown.
 */
export function verifyText(locale: string, zone: string): VerifyText {
  const language = locale.toLowerCase().split('-')[0] === 'de' ? 'de' : 'en';
  // Bare "en" would put the month before the day.
  const format = language === 'en' ? 'en-GB' : language;
  const rules = new Intl.PluralRules(format);
  const numbers = new Intl.NumberFormat(format);
  const instants = new Intl.DateTimeFormat(format, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
    timeZoneName: 'short',
  });
  const lists = new Intl.ListFormat(format);
  const say = (key: VerifyKey, values: VerifyValues = {}): string =>
    catalogues[language][key]
      .replace(plural, (_, name: string, one: string, other: string) =>
        rules.select(Number(values[name])) === 'one' ? one : other,
      )
      .replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name] ?? '?';
        return typeof value === 'number' ? numbers.format(value) : value;
      });
  return Object.assign(say, {
    language,
    list: (items: readonly string[]) => lists.format(items),
    instant: (at: number) => instants.format(at),
  } as const);
}

/** Whether a name made at run time is one of the keys. */
export function isVerifyKey(key: string): key is VerifyKey {
  return Object.hasOwn(en, key);
}
