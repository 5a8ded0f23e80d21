// The same shape as the server's own outcomes, repeated here because this package may import nothing from the application.

/** What a parser or check answers: the value, or one refusal from a closed list with the facts a sentence about it may name. */
export type Outcome<Value, Refusal extends string> = Done<Value> | Refused<Refusal>;
export type Done<Value> = { readonly ok: true; readonly value: Value };
export type Refused<Refusal extends string> = {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly facts: Readonly<Record<string, string | number>>;
};

export function done<Value>(value: Value): Done<Value> {
  return { ok: true, value };
}

export function refuse<Refusal extends string>(refusal: Refusal, facts: Refused<Refusal>['facts'] = {}): Refused<Refusal> {
  return { ok: false, refusal, facts };
}
