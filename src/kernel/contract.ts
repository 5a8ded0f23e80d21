import type { z } from 'zod';
import type { Context, Permission } from './context.ts';
import { type Outcome, done } from './outcome.ts';

/** Status and public sentence of a refusal. The sentence is the `title` of RFC 9457, so it does not vary with the request. */
export type RefusalAnswer = readonly [status: number, sentence: string];

/** One documented answer. Without a schema its value is the exact bytes of a file of that media type. */
export type ContractResponse = {
  readonly description: string;
  readonly mediaType: string;
  readonly schema: z.ZodType | null;
  /** Shown in the document; must parse with the schema. */
  readonly example?: unknown;
  /** Header names with what they tell. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Everything there is to know about one route: what is checked, what is documented and what may be answered are this one object. */
export type Contract = {
  readonly method: 'get' | 'post';
  /** Below `/api/v1`, with `{name}` for each parameter. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** Values of the path. An address with others is the address of nothing: 404. */
  readonly params?: z.ZodObject;
  /** Values behind the question mark, each at most once. Others than these are refused. */
  readonly query?: z.ZodObject;
  /** Header fields that are read, by their names in small letters. Others are left alone. */
  readonly headers?: z.ZodObject;
  /** A JSON object. */
  readonly body?: z.ZodObject;
  readonly bodyExample?: unknown;
  readonly responses: Readonly<Record<number, ContractResponse>>;
  readonly refusals: Readonly<Record<string, RefusalAnswer>>;
  /** `none`: everybody, and no key is looked at. Otherwise a program, whose key must have this scope. */
  readonly auth: 'none' | { readonly scope: Permission };
  /** Which allowance of the sender a request is taken from. */
  readonly limit: Limit | null;
  /** `records`: answered inside one act of the ledger. `reads`: nothing can be recorded. */
  readonly effect: 'reads' | 'records';
};

/** What most routes are: open to everybody, free of charge, changing nothing. */
export const publicRead = { method: 'get', auth: 'none', limit: null, effect: 'reads' } as const;

export type Limit = 'asking' | 'lookup';

export type Input<C extends Contract> = {
  readonly params: C['params'] extends z.ZodType ? z.output<C['params']> : Empty;
  readonly query: C['query'] extends z.ZodType ? z.output<C['query']> : Empty;
  readonly headers: C['headers'] extends z.ZodType ? z.output<C['headers']> : Empty;
  readonly body: C['body'] extends z.ZodType ? z.output<C['body']> : null;
};

type Empty = Readonly<Record<string, never>>;

type Headers = Readonly<Record<string, string>>;

/** One of the documented answers, with a value that its schema accepts. */
export type Answer<C extends Contract> = {
  [Status in keyof C['responses'] & number]: {
    readonly status: Status;
    readonly value: C['responses'][Status]['schema'] extends z.ZodType ? z.input<C['responses'][Status]['schema']> : Uint8Array;
    readonly headers?: Headers;
  };
}[keyof C['responses'] & number];

export type Route = {
  readonly contract: Contract;
  // A method and not a property: the types of one route's input are narrower than what a list of all routes can say.
  answer(ctx: Context, input: AnyInput): Promise<Outcome<AnyAnswer, string>>;
};
export type AnyInput = {
  readonly params: object;
  readonly query: object;
  readonly headers: object;
  readonly body: object | null;
};
export type AnyAnswer = { readonly status: number; readonly value: unknown; readonly headers?: Headers };

/** Binds a contract to what answers it. A refusal that has no line in the contract, or an answer it does not name, does not compile. */
export function route<const C extends Contract>(
  contract: C,
  answer: (ctx: Context, input: Input<C>) => Promise<Outcome<Answer<C>, keyof C['refusals'] & string>>,
): Route {
  return { contract, answer };
}

/** Keeps the status a literal, so that it is one of the documented ones. */
export function answered<const Status extends number, Value>(status: Status, value: Value, headers: Headers = {}) {
  return done({ status, value, headers });
}

/** What can go wrong with a request before any verb is asked. */
export type RequestRefusal =
  | 'request/body-too-large'
  | 'request/not-json'
  | 'request/media-type-not-supported'
  | 'request/not-valid'
  | 'request/cookie-from-elsewhere'
  | 'request/too-many'
  | KeyRefusal;

/** What can go wrong with the key of a program. */
export type KeyRefusal = 'request/key-in-address' | 'request/key-missing' | 'request/key-not-valid' | 'request/key-scope-missing';

export const largestBody = 64_000;

const keyRefusals = {
  'request/key-in-address': [400, 'A key stood in the address, where logs keep it. Revoke it, and send another as a header.'],
  'request/key-missing': [401, 'Send the key of a program: Authorization: Bearer troth_…'],
  'request/key-not-valid': [401, 'This key does not exist, has expired or was revoked.'],
  'request/key-scope-missing': [403, 'This key does not have the scope that is asked for here.'],
} as const satisfies Record<KeyRefusal, RefusalAnswer>;

const requestRefusals = {
  'request/not-json': [400, 'The body is not JSON in UTF-8.'],
  'request/cookie-from-elsewhere': [403, 'A request from another site is answered only without cookies; none is needed.'],
  'request/body-too-large': [413, 'A body may have 64,000 bytes. Nothing was kept.'],
  'request/media-type-not-supported': [415, 'Send the body as application/json.'],
  'request/not-valid': [422, 'A value is missing, not known or not of the form that the API document names.'],
  'request/too-many': [429, 'Too many requests from this address. Try again after the time in Retry-After.'],
} as const satisfies Record<Exclude<RequestRefusal, KeyRefusal>, RefusalAnswer>;

/** Answers that belong to no operation: any address below `/api/v1` may give them. */
export const generalRefusals = {
  'request/no-such-address': [404, 'There is nothing at this address. /api/v1/openapi.json lists all of them.'],
  'request/method-not-allowed': [405, 'This address does not know this method. Allow names those it knows.'],
  'organisation/not-established': [503, 'This installation is not set up yet.'],
} as const satisfies Record<string, RefusalAnswer>;

/** Everything a route may refuse: what its verb refuses, and what its kind of request can get wrong. */
export function refusalsOf(contract: Contract): Readonly<Record<string, RefusalAnswer>> {
  const { 'request/not-valid': notValid, 'request/too-many': tooMany, ...aboutBody } = requestRefusals;
  return {
    ...(contract.params ? { 'request/no-such-address': generalRefusals['request/no-such-address'] } : {}),
    'request/not-valid': notValid,
    ...(contract.body ? aboutBody : {}),
    ...(contract.limit ? { 'request/too-many': tooMany } : {}),
    ...(contract.auth === 'none' ? {} : keyRefusals),
    ...contract.refusals,
  };
}
