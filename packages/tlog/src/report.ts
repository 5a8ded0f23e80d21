/** The questions that checking a bundle answers, one step each. FORMAT.md says what each one's facts are. */
export type StepCode =
  | 'leaf-readable'
  | 'body-matches-leaf'
  | 'event-matches-leaf'
  | 'label-matches-subject-key'
  | 'proof-readable'
  | 'checkpoint-signed'
  | 'leaf-included'
  | 'checkpoint-witnessed'
  | 'checkpoint-age'
  | 'one-view-of-the-log'
  | 'object-chain-unbroken'
  | 'receipt-chain-unbroken'
  | 'superseding-excluded';

/** `unknown` is an honest answer of its own: what the bundle holds shows neither. */
export type StepState = 'ok' | 'failed' | 'unknown';
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;
export type Step = { readonly code: StepCode; readonly state: StepState; readonly facts: Facts };

/** `index`: the leaf's place in the log as its proof claims it; null when the proof is unreadable. */
export type ItemReport = { readonly index: number | null; readonly steps: readonly Step[] };
export type Report = {
  /** `failed` when any step failed; `unknown` when an open step leaves the record itself in doubt; see `limitSteps`. */
  readonly state: StepState;
  readonly items: readonly ItemReport[];
  /** Steps about the bundle as a whole. */
  readonly whole: readonly Step[];
};

/** Steps that, left open, limit what the record proves, yet do not put the record in doubt. */
export const limitSteps: ReadonlySet<StepCode> = new Set<StepCode>([
  'label-matches-subject-key',
  'checkpoint-witnessed',
  'checkpoint-age',
  'object-chain-unbroken',
  'superseding-excluded',
]);

export function step(code: StepCode, state: StepState | boolean, facts: Facts = {}): Step {
  return { code, state: typeof state === 'string' ? state : state ? 'ok' : 'failed', facts };
}

export function reportOf(items: readonly ItemReport[], whole: readonly Step[]): Report {
  const steps = [...items.flatMap((item) => item.steps), ...whole];
  const failed = steps.some(({ state }) => state === 'failed');
  const open = steps.some(({ code, state }) => state === 'unknown' && !limitSteps.has(code));
  return { state: failed ? 'failed' : open ? 'unknown' : 'ok', items, whole };
}
