import type { Step, StepCode, StepState } from '@troth/tlog';
import type { VerifyKey, VerifyText, VerifyValues } from './verify-text.ts';

/** One answer of the check: a glyph and a word for its state, a sentence, and what an expert wants to compare. */
export type Line = {
  readonly state: StepState;
  readonly glyph: string;
  readonly word: string;
  readonly text: string;
  readonly details: readonly Detail[];
};
export type Detail = { readonly label: string; readonly value: string; readonly hash: boolean };

/** A step that no sentence explains does not compile. */
export const stepSentences = {
  'leaf-readable': sentences('leaf-readable'),
  'body-matches-leaf': sentences('body-matches-leaf'),
  'event-matches-leaf': sentences('event-matches-leaf'),
  'label-matches-subject-key': sentences('label-matches-subject-key'),
  'proof-readable': sentences('proof-readable'),
  'checkpoint-signed': sentences('checkpoint-signed'),
  'leaf-included': sentences('leaf-included'),
  'checkpoint-witnessed': sentences('checkpoint-witnessed'),
  'checkpoint-age': sentences('checkpoint-age'),
  'one-view-of-the-log': sentences('one-view-of-the-log'),
  'object-chain-unbroken': sentences('object-chain-unbroken'),
  'receipt-chain-unbroken': sentences('receipt-chain-unbroken'),
  'superseding-excluded': sentences('superseding-excluded'),
} as const satisfies Record<StepCode, Record<StepState, VerifyKey>>;

const glyphs = { ok: '✓', failed: '✗', unknown: '?' } as const satisfies Record<StepState, string>;

/** @param place What a failure names: the entry, the event, or the file. @param signer The log, where its signature held. */
export function explainStep(step: Step, { place, signer }: { place: string; signer: string }, t: VerifyText): Line {
  const { code, state, facts } = step;
  const values: Record<string, string | number> = { place, signer };
  for (const [name, fact] of Object.entries(facts)) {
    // A place in the log is a name, not an amount: it is written without separators, as on every page.
    values[name] = name === 'index' ? String(fact) : typeof fact === 'object' ? t.list(fact) : fact;
  }
  if (typeof facts['witnessedAt'] === 'number') values['at'] = t.instant(facts['witnessedAt'] * 1000);
  return lineOf(state, t(sentenceOf(step), values), t, detailsOf({ code, state, facts }, t));
}

export function lineOf(state: StepState, text: string, t: VerifyText, details: readonly Detail[] = []): Line {
  return { state, glyph: glyphs[state], word: t(`state.${state}`), text, details };
}

function sentences<Code extends StepCode>(code: Code) {
  return { ok: `step.${code}.ok`, failed: `step.${code}.failed`, unknown: `step.${code}.unknown` } as const;
}

function sentenceOf({ code, state, facts }: Step): VerifyKey {
  if (code === 'body-matches-leaf' && state === 'ok' && facts['length'] === 0) return 'step.body-matches-leaf.none';
  if (code === 'checkpoint-witnessed' && state === 'unknown' && Number(facts['witnessed']) > 0) {
    return 'step.checkpoint-witnessed.some';
  }
  return stepSentences[code][state];
}

function detailsOf({ code, facts }: Step, t: VerifyText): Detail[] {
  const shown = (label: VerifyKey, value: VerifyValues[string] | readonly string[] | undefined, hash = false): Detail[] =>
    typeof value === 'string' ? [{ label: t(label), value, hash }] : [];
  if (code === 'checkpoint-signed') {
    return [
      ...shown('log', facts['origin']),
      ...shown('fingerprint', facts['fingerprint'], true),
      ...shown('reason', facts['refusal']),
    ];
  }
  return shown('reason', facts['refusal']);
}
