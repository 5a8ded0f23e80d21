import type { ColumnType } from 'kysely';
import type { TemplateName } from './templates/templates.ts';

declare module '#kernel/sql' {
  interface Tables {
    'mail.message': {
      id: string;
      template: TemplateName;
      content: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
      state: 'queued' | 'sent' | 'failed' | 'caught';
      attempts: number;
      error: string | null;
      createdAt: Temporal.Instant;
      usefulUntil: Temporal.Instant;
      claimedUntil: Temporal.Instant | null;
      settledAt: Temporal.Instant | null;
    };
  }
}

declare module '#kernel/jobs' {
  interface Tasks {
    'mail/send': { message: string };
    /** Housekeeping: destroys what nobody could be sent in seven days, and old receipts. */
    'mail/forget': Record<string, never>;
  }
}
