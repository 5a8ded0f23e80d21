import { sha256 } from '#kernel/crypto';
import { acceptanceText } from './acceptance-text.ts';

export type AskedWith = {
  readonly organisation: string;
  readonly title: string;
  readonly version: number;
  /** The version that the person answered about before; `null` where there is none. */
  readonly since: number | null;
  /** What the versions since say in plain words, oldest first. */
  readonly summaries: readonly string[];
};

/** The words beside the two buttons, as the page shows them and the event keeps them. */
export function askingWords({ organisation, title, version, since, summaries }: AskedWith, locale: string): string[] {
  const t = acceptanceText(locale);
  const question =
    since === null
      ? t('ask.question', { title, version, organisation })
      : t('ask.question.again', { title, version, since, organisation });
  return [question, ...summaries, t('ask.refusing', { organisation })];
}

/** What a form carries back, so that nobody answers to other words than they saw. */
export function wordingHash(words: readonly string[]): Buffer {
  return sha256(words.join('\n\n'));
}
