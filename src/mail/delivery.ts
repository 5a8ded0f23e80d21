import type { Content } from './content.ts';

export type Outgoing = Content & {
  /** Of the message, in its Message-ID: the same at each attempt, so that a copy can be told from a second message. */
  readonly id: string;
  readonly createdAt: Temporal.Instant;
};

/** Where messages go from this process. */
export type Delivery =
  /** @throws DeliveryFailure, and nothing else for anything a server or a network can do. */
  | { readonly kind: 'smtp'; send(message: Outgoing, signal: AbortSignal): Promise<void> }
  /** Development and the sample: kept to be looked at, sent to nobody. */
  | { readonly kind: 'catch' }
  /** No settings: messages wait. */
  | { readonly kind: 'none' };

/** A message was not accepted. */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';
  /** Without anything that a server said in words: `smtp-550-5.1.1`, `ETIMEDOUT`. */
  readonly code: string;
  /** This message will never be accepted: the mailbox does not exist, or refuses it for good. */
  readonly permanent: boolean;
  constructor(code: string, permanent: boolean) {
    super(code);
    this.code = code;
    this.permanent = permanent;
  }
}
