import type { Context } from '#kernel/context';
import { bodyOfEvent } from '#ledger';
import { diffTexts } from '../text/diff-texts.ts';

/** A version as its text is found. */
type Texted = { readonly eventId: string | null };

// Every person's page asks for the same few pairs, comparing costs up to 0.2 s, and texts in the log never change.
const kept = new Map<string, boolean>();
const mostKept = 512;

/** Whether two versions differ in their wording, and not only in how it is set. A text that was withheld cannot be compared, so it counts as changed. */
export async function wordingChanged(ctx: Context, before: Texted, after: Texted, language: string): Promise<boolean> {
  if (before.eventId === null || after.eventId === null) return true;
  const key = `${before.eventId} ${after.eventId}`;
  const texts = await Promise.all([before.eventId, after.eventId].map((id) => bodyOfEvent(ctx.db, id)));
  const [old, now] = texts;
  if (!old || !now) return true;
  if (old.equals(now)) return false;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const { wording } = diffTexts(old.toString('utf8'), now.toString('utf8'), language);
  const answer = wording > 0;
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, answer);
  return answer;
}
