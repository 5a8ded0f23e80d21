import type { ColumnType } from 'kysely';

type OptionalBytes = ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;

declare module '#kernel/sql' {
  interface Tables {
    'support.question': {
      id: string;
      subject: string;
      accountId: string | null;
      receiptHash: OptionalBytes;
      referenceHash: OptionalBytes;
      documentId: string;
      versionNumber: number;
      clauseId: string | null;
      language: string;
      sealed: OptionalBytes;
      askedAt: Temporal.Instant;
      dueAt: Temporal.Instant;
      answeredAt: Temporal.Instant | null;
      sealedAnswer: OptionalBytes;
      mayPublish: boolean;
      publishedObject: string | null;
      publishedAt: Temporal.Instant | null;
      erasedAt: Temporal.Instant | null;
    };
    'support.count': {
      at: Temporal.Instant;
      asked: number;
      answeredInTime: number;
      answeredLate: number;
      openInTime: number;
      openLate: number;
      eventId: string;
    };
  }
}
