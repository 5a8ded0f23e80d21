import type { ColumnType, Generated } from 'kysely';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type OptionalBytes = ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;

export type WebhookState = 'active' | 'paused' | 'broken' | 'gone';

declare module '#kernel/sql' {
  interface Tables {
    'accounts.webhook': {
      id: string;
      url: string;
      types: string[];
      state: WebhookState;
      secret: Bytes;
      oldSecret: OptionalBytes;
      oldSecretUntil: Temporal.Instant | null;
      nextIndex: number;
      attempts: Generated<number>;
      nextAttemptAt: Temporal.Instant | null;
      lease: string | null;
      leaseUntil: Temporal.Instant | null;
      madeBy: ColumnType<string | null, string | null | undefined>;
      createdAt: Temporal.Instant;
    };
    'accounts.webhookDelivery': {
      webhookId: string;
      messageId: string;
      index: number | null;
      type: string;
      attempts: number;
      at: Temporal.Instant;
      milliseconds: number;
      status: number | null;
      fault: string | null;
      delivered: boolean;
    };
  }
}

declare module '#kernel/jobs' {
  interface Tasks {
    /** Sends what a webhook has not had yet, in the order of the log. */
    'webhooks/deliver': { webhook: string };
    /** Sends one message once more, or a test when there is no index. */
    'webhooks/send-once': { webhook: string; index: number | null };
    /** Finds webhooks that have something to send and no job, and forgets old deliveries. */
    'webhooks/sweep': Record<string, never>;
  }
}
