import type { LogId } from '../tables.ts';

type Facts = Readonly<Record<string, string | number>>;

/** What can be wrong, each with its sentence; `at` names entry and log. */
const sentences = {
  'index-missing': ({ at }) => `${at} is not in the database.`,
  'index-beyond-size': ({ at, size }) => `${at} lies beyond the size of its log, ${size}.`,
  'leaf-differs': ({ at }) => `${at}: its leaf in the database has another hash than its tile holds; one of the two was changed.`,
  'leaf-unreadable': ({ at, refusal }) => `${at}: its leaf has not the form of a leaf (${refusal}).`,
  'row-differs': ({ at, column }) => `${at}: its row says another ${column} than its leaf.`,
  'body-missing': ({ at }) => `${at}: its text is not in the database, and was not withheld either.`,
  'body-differs': ({ at }) => `${at}: its text in the database is not the one that was recorded.`,
  'tile-missing': ({ at, tile }) => `Tile ${tile} is not in the database; it begins with ${at}.`,
  'tile-differs': ({ at, tile }) => `Tile ${tile} in the database does not follow from what lies below it, from ${at} on.`,
  'edge-differs': ({ log }) => `The right edge of the ${log} log, from which it grows, does not belong to its entries.`,
  'checkpoint-differs': ({ log, size, where }) =>
    `Neither the leaves nor the tiles of the ${log} log give the root that was signed for ${size} entries (${where}).`,
  'checkpoint-unreadable': ({ log, where, refusal }) =>
    `The newest checkpoint of the ${log} log (${where}) is not one that its key signed (${refusal}).`,
  'signing-key-differs': ({ log }) => `The key that signs the ${log} log cannot be opened or is another than its public one.`,
  'stored-tile-missing': ({ at, file }) => `The file ${file} is not in the data folder; it begins with ${at}.`,
  'stored-tile-differs': ({ at, file }) => `The file ${file} in the data folder differs from the database at ${at}.`,
  'stored-file-unknown': ({ file }) => `The file ${file} in the data folder belongs to no tile of this log.`,
  'sequence-broken': ({ at, seq, object }) => `${at} is number ${seq} of object ${object}, but the number before it is missing.`,
  'link-broken': ({ at, object }) => `${at} does not link to the entry before it of object ${object}.`,
  'head-differs': ({ at, object }) => `Object ${object}: the next entry would not link to its last one, ${at}.`,
  'subject-key-unreadable': ({ at, subject }) =>
    `The key of subject ${subject} is missing or does not open, so ${at} and later ones cannot be checked.`,
  'event-unreadable': ({ at }) => `${at}: what opens its commitment is missing or does not open.`,
  'label-differs': ({ at }) => `${at}: its label is not the one of its subject and number.`,
  'commitment-differs': ({ at }) => `${at}: its event is not the one that was committed to.`,
  'pending-too-long': ({ log, count, since }) =>
    `${count} recorded for the ${log} log without an entry yet, the oldest since ${since}. Start Troth; it publishes them.`,
} as const satisfies Record<string, (facts: Facts) => string>;

export type FaultCode = keyof typeof sentences;

export type Fault = {
  readonly code: FaultCode;
  readonly log: LogId;
  /** The entry, or the first of those that a tile covers; `null` when the fault is one of the whole log. */
  readonly index: number | null;
  readonly sentence: string;
};

/** Where faults are told as they are found. */
export type Tell = (code: FaultCode, log: LogId, index: number | null, facts?: Facts) => void;

export function tellFaults(to: (fault: Fault) => void): Tell {
  return (code, log, index, facts = {}) => {
    const at = index === null ? `An event without an entry yet in the ${log} log` : `Entry ${index} of the ${log} log`;
    const sentence: (facts: Facts) => string = sentences[code];
    to({ code, log, index, sentence: sentence({ at, log, ...facts }) });
  };
}
