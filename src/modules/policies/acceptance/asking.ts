import type { Decision, Standing } from './fold-decisions.ts';

/** `each-change`: whenever the wording changes. `when-called`: only from versions of which staff say so. */
export const agains = ['each-change', 'when-called'] as const;
export type Again = (typeof agains)[number];

export type AskingRule = {
  readonly asked: boolean;
  readonly again: Again;
  /** Numbers of the versions from which staff said that it is asked again. */
  readonly calls: readonly number[];
};

/** What one person is owed about one document: the question, an entry that their yes carries over, or nothing. */
export type Asking = 'ask' | 'carry' | 'nothing';

/**
 * @param inForce Number of the version in force; `null` where none is, or its text was withheld.
 * @param wordingChanged Whether that version says something else than the one they answered about. Asked only where it decides.
 */
export async function askingOf(
  rule: AskingRule,
  { answer, last }: Standing<Decision>,
  inForce: number | null,
  wordingChanged: (since: number) => Promise<boolean>,
): Promise<Asking> {
  if (!rule.asked || inForce === null) return 'nothing';
  if (last === null) return 'ask';
  // A version may be withdrawn after it was answered for in advance; an older one in force was answered for with the newer.
  if (last.version >= inForce) return 'nothing';
  if (!(await wordingChanged(last.version))) return answer === 'yes' ? 'carry' : 'nothing';
  if (rule.again === 'each-change') return 'ask';
  return rule.calls.some((number) => number > last.version && number <= inForce) ? 'ask' : 'nothing';
}
