import { wordPattern } from './word-pattern.ts';

const english = 'one two three four five six seven eight nine ten eleven twelve fourteen:14 fifteen:15 twenty:20 thirty:30';
const german =
  'ein:1 eine:1 einen:1 einem:1 einer:1 eines:1 zwei:2 drei:3 vier:4 fünf:5 sechs:6 sieben:7 acht:8 neun:9 zehn:10 elf:11 ' +
  'zwölf:12 vierzehn:14 fünfzehn:15 zwanzig:20 dreißig:30 sechzig:60 neunzig:90';

export const numberWords = { en: readWords(`${english} sixty:60 ninety:90`), de: readWords(german) } as const;

function readWords(list: string): ReadonlyMap<string, number> {
  return new Map(
    list.split(' ').map((entry, index) => {
      const [word = '', value] = entry.split(':');
      return [word, value === undefined ? index + 1 : Number(value)];
    }),
  );
}

// "30", "1,000.50", "thirty", "thirty (30)", "2 million".
const scale = String.raw`(?:\s?(?<scale>thousand|million|billion|tausend|millionen|milliarden?|mio\.?|mrd\.?))?`;
function amountIn(language: 'en' | 'de'): string {
  const words = [...numberWords[language].keys()].join('|');
  const digits = String.raw`\d+(?:[.,'’\u00A0\u202F]\d+)*`;
  return String.raw`(?<![\p{L}\p{N}_%.,:/-])(?:(?:${words})\s?\()?(?<amount>${digits}|(?:${words})(?!\p{L}))\)?${scale}`;
}

const units = {
  en:
    String.raw`(?<qualifier>business|working|calendar|consecutive|full)?[\s-]*` +
    String.raw`(?<unit>(?:second|minute|hour|day|week|month|quarter|year)s?)\b(?![\s-]old)`,
  de:
    String.raw`(?:volle[nr]?\s+)?(?<unit>Sekunden?|Minuten?|Stunden?|(?:Werk|Arbeits|Kalender|Bankarbeits)?[Tt]age?n?` +
    String.raw`|Wochen?|Monate?n?s?|Quartale?n?|Jahre?[ns]?)(?!\p{L})(?!\s+alt)`,
} as const;

function ageIn(language: 'en' | 'de'): RegExp {
  const amount = amountIn(language);
  const forms =
    language === 'en'
      ? [
          String.raw`\b(?:at least|under|over|older than|younger than|below|ages?(?: of)?|aged|minimum age(?: is| of)?)\s+${amount}` +
            String.raw`(?:\s+years?(?: old| of age)?|\s+or older)?(?!\s*(?:%|(?:\p{L}+\s)?(?:second|minute|hour|day|week|month)))`,
          String.raw`${amount}[\s-]+years?(?:[\s-]+old|\s+of\s+age)`,
          String.raw`${amount}\s+or\s+older`,
        ]
      : [
          String.raw`(?<!\p{L})(?:mindestens|unter|über|ab|von|Mindestalter(?: von| beträgt)?)\s+${amount}` +
            String.raw`(?:\s+Jahren?(?:\s+alt)?)?(?!\s*(?:%|\p{L}*[Tt]age|Wochen|Monate|Stunden))`,
          String.raw`${amount}\s+Jahre\s+alt`,
          String.raw`${amount}\.\s+Lebensjahr`,
        ];
  return new RegExp(forms.join('|'), 'giu');
}

const currency = String.raw`US\$|[$€£¥]|\b(?:USD|EUR|GBP|CHF|AUD|CAD|JPY)`;
const currencyWord = String.raw`€|(?:USD|EUR|GBP|CHF|AUD|CAD|JPY|dollars?|euros?|pounds|Franken|Pfund)\b`;

function patternsIn(language: 'en' | 'de') {
  const amount = amountIn(language);
  return {
    any: new RegExp(amount, 'iu'),
    age: ageIn(language),
    money: new RegExp(String.raw`(?<currency>${currency})\s?${amount}|${amount}\s?(?<currency>${currencyWord})`, 'giu'),
    duration: new RegExp(String.raw`${amount}[\s-]*${units[language]}`, 'giu'),
    number: new RegExp(String.raw`${amount}\s?(?<percent>%|percent|per cent|Prozent)?`, 'giu'),
  };
}

export const quantityPatterns = { en: patternsIn('en'), de: patternsIn('de') } as const;

/** Keeping without an end. */
export const foreverPatterns = {
  en: wordPattern(
    'indefinitely',
    'permanently',
    'forever',
    '(?:as|so) long as (?:is |it is |we )?(?:necessary|needed|required|need)',
  ),
  de: wordPattern(
    'unbefristet',
    'dauerhaft',
    'auf Dauer',
    'unbegrenzt',
    String.raw`solange\b[^.]{0,60}?\b(?:nötig|erforderlich|notwendig)`,
  ),
} as const;

/** A bare number is an age only beside one of these. */
export const agePattern = stemFree(
  'aged?|old|child(?:ren)?|minors?|adults?|teens?|Jahre alt|Mindestalter|Alter|Kinder|Minderjährige|Lebensjahr|Jugendliche',
);

function stemFree(words: string): RegExp {
  return new RegExp(String.raw`(?<!\p{L})(?:${words})(?!\p{L})`, 'iu');
}

const referred =
  'sections?|sec\\.|clauses?|articles?|art\\.|paragraphs?|para\\.|chapters?|appendi(?:x|ces)|annex|schedule|exhibit|recital|versions?|' +
  'no\\.|nr\\.|abschnitte?[sn]?|ziffern?|ziff\\.|artikeln?|absatz|abs\\.|satz|kapitel|anlage|anhang|punkt|buchstabe|u\\.s\\.c\\.|c\\.f\\.r\\.';

/** Numbers that count nothing: addresses, sections, standards, telephone numbers, years, postal codes, ordinals, "24/7". */
export const countsNothing = new RegExp(
  [
    String.raw`\b(?:https?:\/\/|www\.)\S+`,
    String.raw`\b(?:${referred})\s*[A-Z]?\.?\d[\d.()]*[a-z]?\b`,
    String.raw`§+\s?[\d.]+[a-z]?(?:\s?[-–]\s?\d+)?`,
    String.raw`\b(?:ISO|IEC|SOC|RFC|PCI|TLS|NIST|AES|SHA|DIN|EN|WCAG|OAuth|HTTP)[\s/-]?(?:IEC[\s/-])?\d[\d.:/-]*`,
    String.raw`\b\d{2,4}\/\d{2,4}(?:\/[A-Z]+)?\b|\b24\/7\b`,
    String.raw`\+?\d[\d()\s-]{8,}\d`,
    String.raw`(?<![\p{Sc}\d.,]|\p{Sc}\s)\b(?:19|20)\d{2}\b(?!\s*(?:%|\p{L}+s\b))`,
    String.raw`\b[A-Z]{2}\s\d{5}\b|\b\p{L}+\(\d+\)|\b(?:\d|two|three|multi)[\s-]?factor\b`,
    // (1) and (2) of an enumeration, but not the (30) of "thirty (30) days".
    String.raw`(?<!(?:${[...numberWords.en.keys(), ...numberWords.de.keys()].join('|')})\s?)\(\d{1,2}\)`,
    String.raw`^\s*\d+[.)]\s`,
  ].join('|'),
  'giu',
);
