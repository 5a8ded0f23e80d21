import type { Spot } from './spot.ts';
import { spotOf } from './spot.ts';

export type TermKind = 'category' | 'purpose';
export type TermSpot = Spot & { readonly key: string };
type DataTerm = readonly [key: string, en: string, de: string];

// Art. 13, 14 and 30 GDPR want categories told; those of Art. 9 and 10 may mostly not be processed at all. Words are those that
// notices use; a word that also means other things ("name", "contact", "content") is left out, because it would be found in every change.
const categories: readonly DataTerm[] = [
  ['user.contact.email', 'e-?mail address(?:es)?', 'E-?Mail-?Adressen?'],
  ['user.contact.phone_number', '(?:tele)?phone numbers?|mobile numbers?', 'Telefonnummern?|(?:Mobil|Handy)nummern?'],
  [
    'user.contact.address',
    '(?:postal|mailing|billing|home|shipping) address(?:es)?',
    '(?:Post|Rechnungs|Liefer|Wohn)(?:anschrift|adresse)n?|Anschriften',
  ],
  [
    'user.location.precise',
    '(?:precise|exact|gps) (?:geo-?)?locations?|gps (?:data|coordinates)',
    '(?:genaue[rn]?|präzise[rn]?) Standort\\p{L}*|GPS-\\p{L}+',
  ],
  [
    'user.location',
    '(?:geo-?)?location (?:data|information)|geo-?locations?|your location',
    'Standort(?:daten|e)?|Aufenthaltsort\\p{L}*',
  ],
  ['user.device.ip_address', 'ip[ -]address(?:es)?', 'IP-Adressen?'],
  [
    'user.device.device_id',
    'device (?:ids?|identifiers?)|advertising ids?|imei|mac address(?:es)?',
    'Geräte-?(?:ids?|kennung(?:en)?)|Werbe-?ids?',
  ],
  ['user.device.cookie_id', 'cookie (?:ids?|identifiers?)', 'Cookie-?(?:ids?|Kennung(?:en)?)'],
  [
    'user.behavior.browsing_history',
    'browsing (?:history|behaviou?r|activity)|pages you (?:visit|view)',
    'Browserverl(?:auf|äufe)|Surfverhalten|besuchte[nr]? Seiten',
  ],
  ['user.behavior.search_history', 'search (?:history|queries|terms)', 'Such(?:verlauf|anfragen|begriffe)'],
  [
    'user.behavior.purchase_history',
    'purchase history|order history|past purchases',
    'Kauf(?:historie|verhalten)|Bestellhistorie',
  ],
  [
    'user.behavior',
    'keystrokes?|mouse movements?|session (?:replays?|recordings?)|clickstream',
    'Tastatureingaben|Mausbewegungen|Klickpfade',
  ],
  [
    'user.biometric',
    'biometrics?|biometric (?:data|identifiers?|information)|fingerprints|face ?prints?|facial recognition',
    'biometrische[rn]? \\p{L}+|Fingerabdr(?:uck|ücke)|Gesichtserkennung',
  ],
  ['user.biometric.voice', 'voice ?prints?|voice recordings?|audio recordings?', 'Sprachaufnahmen?|Stimmprofile?'],
  [
    'user.health_and_medical',
    'health (?:data|information|records?)|medical (?:data|information|records?|history)|diagnos[ei]s',
    'Gesundheitsdaten|Krankenakten?|Diagnosen?|medizinische[rn]? \\p{L}+',
  ],
  ['user.health_and_medical.genetic', 'genetic (?:data|information)|dna', 'genetische[rn]? \\p{L}+|DNA'],
  [
    'user.financial.bank_account',
    'bank (?:account|details)(?: numbers?| information)?|iban',
    'Bankverbindung(?:en)?|Kontonummern?|Kontodaten|IBAN',
  ],
  [
    'user.financial.credit_card',
    '(?:credit|debit|payment) card(?: numbers?| information| details| data)?',
    'Kredit-?karten\\p{L}*',
  ],
  [
    'user.financial',
    'credit (?:history|scores?|reports?)|income|financial (?:data|information)',
    'Bonität(?:sdaten)?|Einkommen|Finanzdaten',
  ],
  [
    'user.government_id',
    'government(?:-issued)? (?:ids?|identifiers?|identification)|national id(?:entification)?(?: numbers?)?|social security numbers?|tax (?:id|identification) numbers?',
    'Ausweis(?:daten|nummern?|kopien?)|Personalausweis\\p{L}*|Sozialversicherungsnummern?|Steuer-?(?:id|nummern?|identifikationsnummern?)',
  ],
  ['user.government_id.passport_number', 'passports?(?: numbers?)?', 'Reisep(?:ass|ässe)(?:nummern?)?|Passnummern?'],
  ['user.government_id.drivers_license_number', "driver['’]?s licen[cs]es?(?: numbers?)?", 'Führerschein\\p{L}*'],
  ['user.demographic.race_ethnicity', 'race|racial|ethnic(?:ity| origin)', 'ethnische[rn]? Herkunft|Ethnie|Rasse'],
  [
    'user.demographic.religious_belief',
    'religio(?:n|us) ?(?:beliefs?|affiliation)?',
    'Religion(?:szugehörigkeit)?|religiöse[rn]? \\p{L}+',
  ],
  [
    'user.demographic.political_opinion',
    'political (?:opinions?|views?|affiliation)',
    'politische[rn]? (?:Meinung(?:en)?|Ansicht(?:en)?|Überzeugung(?:en)?)',
  ],
  ['user.demographic.sexual_orientation', 'sexual orientation|sex life', 'sexuelle[rn]? Orientierung|Sexualleben'],
  ['user.demographic.date_of_birth', 'dates? of birth|birth ?dates?|birthdays?', 'Geburtsda(?:tum|ten)|Geburtstage?'],
  ['user.demographic.gender', 'gender', 'Geschlecht'],
  ['user.demographic', 'demographic (?:data|information)', 'demogra(?:ph|f)ische[rn]? \\p{L}+'],
  ['user.criminal_history', 'criminal (?:history|records?|convictions?)', 'Vorstrafen|Strafregister|Führungszeugnis(?:se)?'],
  [
    'user.childrens',
    "children['’]s (?:data|information|personal)|data (?:of|from|about) children",
    'Daten von (?:Kindern|Minderjährigen)',
  ],
  ['user.contact', 'address book|contact lists?|your contacts', 'Adressbuch|Kontaktlisten?|Ihre Kontakte'],
  [
    'user.content.private',
    'private (?:messages?|repositor(?:y|ies))|contents? of (?:your )?messages',
    'private[rn]? Nachrichten|Inhalte? (?:Ihrer|der) Nachrichten',
  ],
  [
    'user.content.self_image',
    'photos?|photographs?|images of you|profile pictures?',
    'Fotos?|Profilbild(?:er)?|Lichtbild(?:er)?',
  ],
  ['user.authorization.password', 'passwords?', 'Passw(?:ort|örter)|Kennw(?:ort|örter)'],
  ['user.job_title', 'job titles?|employment (?:history|information|data)', 'Berufsbezeichnung(?:en)?|Beschäftigungsdaten'],
  [
    'user.telemetry',
    'telemetry|crash reports?|diagnostic (?:data|information)',
    'Telemetrie(?:daten)?|Absturzberichte?|Diagnosedaten',
  ],
  ['user.social', 'social media (?:profiles?|accounts?|data)', 'Social-Media-\\p{L}+'],
  ['user.unique_id', 'unique identifiers?', 'eindeutige[rn]? Kennung(?:en)?'],
];

// Art. 5(1)(b) GDPR binds use to the purposes that were told. `ai` is our own key: fideslang names only the training of models.
const purposes: readonly DataTerm[] = [
  ['marketing.advertising', 'advertis(?:e|ing|ements?)|ads', 'Werbung|Werbe(?:zwecke|anzeigen|maßnahmen)n?|Anzeigen'],
  ['marketing.advertising.profiling', 'profiling|interest profiles?', 'Profiling|Profilbildung|Interessenprofile?'],
  [
    'marketing.advertising.first_party.targeted',
    '(?:targeted|interest-based|personali[sz]ed|behaviou?ral) (?:ads|advertis(?:ing|ements?))|retarget\\w+|remarketing',
    '(?:personalisierte|zielgerichtete|interessenbezogene)[rn]? Werbung|Retargeting',
  ],
  [
    'marketing.communications',
    'marketing|newsletters?|promotional (?:e-?mails?|messages?|communications?)',
    'Marketing\\p{L}*|Newsletter|Werbe-?mails?|Direktwerbung',
  ],
  [
    'personalize',
    'personali[sz](?:e|ing|ation)|customi[sz](?:e|ing|ation)|tailor(?:ing|ed)?|recommendations',
    'Personalisierung|personalisieren|(?:individuelle|persönliche) Empfehlungen',
  ],
  [
    'analytics',
    'analytics|statistical (?:analysis|purposes)|audience measurement',
    'Analysezwecke[n]?|statistische[rn]? \\p{L}+|Reichweitenmessung|Webanalyse',
  ],
  [
    'train_ai_system',
    '(?:train(?:ing)?|develop(?:ing)?|improv(?:e|ing)) (?:\\p{L}+ ){0,4}?(?:ai|artificial intelligence|machine[- ]learning|(?:language )?models?)',
    '(?:Training|Trainieren|Entwicklung|Verbesserung) (?:\\p{L}+ ){0,3}?(?:KI|künstliche[rn]? Intelligenz|KI-\\p{L}+|Sprachmodellen?|Modellen?)|KI-Training',
  ],
  ['ai', 'ai|artificial intelligence|machine[- ]learning', 'KI|KI-\\p{L}+|künstliche[rn]? Intelligenz|maschinelle[sn]? Lernens?'],
  [
    'essential.fraud_detection',
    '(?:prevent|detect|combat)\\w* (?:\\p{L}+ ){0,2}?fraud|fraud (?:prevention|detection)|anti-fraud',
    'Betrugs(?:prävention|erkennung|bekämpfung|verhinderung)',
  ],
  [
    'essential.service.security',
    'security (?:purposes|reasons)|protect\\w* (?:the )?security',
    'Sicherheits(?:zwecken?|gründen?)',
  ],
  [
    'essential.legal_obligation',
    '(?:with|fulfil\\w*|under) (?:\\p{L}+ ){0,2}?legal obligations?|comply with (?:the |applicable )?laws?',
    '(?:rechtliche|gesetzliche)[rn]? (?:Verpflichtung(?:en)?|Pflicht(?:en)?)',
  ],
  [
    'functional.service.improve',
    'improv(?:e|ing|ement of) (?:\\p{L}+ ){0,2}?(?:services?|products?|website|features?|experience)',
    '(?:Verbesserung|verbessern|Weiterentwicklung) (?:\\p{L}+ ){0,2}?(?:Dienst(?:e|es|en)?|Produkt(?:e|s|en)?|Website|Angebots?)|(?:Dienste?|Produkte?|Angebot|Website) (?:zu )?verbessern',
  ],
  ['employment.recruitment', 'recruit(?:ing|ment)|hiring', 'Bewerbungs(?:verfahren|zwecken?)|Personalauswahl'],
  [
    'third_party_sharing',
    '(?:sell(?:ing)?|sale of|rent(?:ing)?) (?:\\p{L}+ ){0,3}?(?:data|information)',
    '(?:Verkauf|verkaufen|Vermietung) (?:\\p{L}+ ){0,3}?Daten|Daten (?:\\p{L}+ ){0,3}?verkaufen',
  ],
  ['dpv:AutomatedDecisionMaking', 'automated decision(?:s|[- ]making)?', 'automatisierte[rn]? Entscheidung(?:en|sfindung)?'],
  [
    'dpv:CreditChecking',
    'credit (?:checks?|scoring|assessment)|creditworthiness',
    'Bonitätsprüfung(?:en)?|Kreditwürdigkeit(?:sprüfung)?|Scoring',
  ],
  [
    'dpv:ResearchAndDevelopment',
    'research (?:purposes|and development)|(?:scientific|academic) research',
    'Forschung(?:szwecken?)?|wissenschaftliche[rn]? Zwecken?',
  ],
];

const terms = { category: categories, purpose: purposes } as const;

/** All terms of one kind as one pattern with a group for each: one walk over a text, where one for each term took ten times as long. */
function patternOf(kind: TermKind, language: 'en' | 'de'): RegExp {
  const groups = terms[kind].map((term) => `(${language === 'en' ? term[1] : term[2]})`);
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${groups.join('|')})(?![\\p{L}\\p{N}_])`, 'giu');
}

const patterns = {
  category: { en: patternOf('category', 'en'), de: patternOf('category', 'de') },
  purpose: { en: patternOf('purpose', 'en'), de: patternOf('purpose', 'de') },
} as const;

/** The categories or purposes that a text names, in order. Of two that overlap, the one that stands first in the list. */
export function termsIn(text: string, kind: TermKind, language: 'en' | 'de'): TermSpot[] {
  return Array.from(text.matchAll(patterns[kind][language]), (match) => ({
    ...spotOf(text, match.index, match.index + match[0].length),
    key: terms[kind][match.slice(1).findIndex((group) => group !== undefined)]?.[0] ?? '',
  }));
}
