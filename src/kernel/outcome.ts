/** What a verb answers: the value it promises, or one refusal from a closed list. Bugs and outages are exceptions, not refusals. */
export type Outcome<Value, Refusal extends string> = Done<Value> | Refused<Refusal>;
export type Done<Value> = { readonly ok: true; readonly value: Value };
export type Refused<Refusal extends string> = {
  readonly ok: false;
  readonly refusal: Refusal;
  /** Facts a sentence about the refusal may name, such as the earliest allowed date. Never personal data. */
  readonly facts: Readonly<Record<string, string | number>>;
};

export function done<Value>(value: Value): Done<Value> {
  return { ok: true, value };
}

export function refuse<Refusal extends string>(refusal: Refusal, facts: Refused<Refusal>['facts'] = {}): Refused<Refusal> {
  return { ok: false, refusal, facts };
}
