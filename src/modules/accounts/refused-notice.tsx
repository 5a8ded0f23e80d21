import type { Refused } from '#kernel/outcome';
import { type AccountsRefusal, accountsSentence } from './refusals.ts';

/** Why the last attempt was refused, above the form that comes back. */
export function RefusedNotice({ refused, locale }: { refused: Refused<AccountsRefusal> | null; locale: string }) {
  if (!refused) return null;
  return (
    <div class="notice bad" role="alert">
      <p>{accountsSentence(refused.refusal, refused.facts, locale)}</p>
    </div>
  );
}
