import { createContext } from 'preact';

/** For whom a page is rendered. Given once by the document, read by every part that shows words, times or numbers. */
export type Reader = {
  /** BCP 47 tag of the page. */
  locale: string;
  /** IANA zone in which times are shown; always named beside them. */
  zone: string;
  /** The instant the page describes. Ages are counted from it, so that the same view gives the same bytes. */
  now: Temporal.Instant;
};

export const ReaderContext = createContext<Reader>({ locale: 'en', zone: 'UTC', now: Temporal.Instant.fromEpochMilliseconds(0) });
