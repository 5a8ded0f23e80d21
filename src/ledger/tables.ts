import type { ColumnType, Generated } from 'kysely';
import type { Visibility } from '#kernel/context';

export type LogId = 'public' | 'private';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;
type Instant = Temporal.Instant;

declare module '#kernel/sql' {
  interface Tables {
    'ledger.log': {
      id: LogId;
      origin: string;
      wrappedSeed: Bytes;
      verifierKey: string;
      size: Generated<number>;
      edge: ColumnType<Buffer, Uint8Array | undefined, Uint8Array>;
      signedSize: Generated<number>;
      signedNote: string | null;
      signedAt: Instant | null;
      nextBatchAt: Instant | null;
    };
    'ledger.store': { single: Generated<boolean>; id: string };
    'ledger.objectHead': {
      object: string;
      log: LogId;
      seq: number;
      link: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
    };
    'ledger.object': { id: string; visibility: Visibility; since: Instant };
    'ledger.subject': {
      id: string;
      wrappedKey: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
      erasedAt: Instant | null;
    };
    'ledger.event': {
      id: string;
      log: LogId;
      index: number | null;
      object: string | null;
      seq: number | null;
      type: string | null;
      actor: string | null;
      at: Instant;
      leaf: Bytes;
      bodyHash: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
      sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
    };
    'ledger.body': {
      hash: Bytes;
      eventId: string;
      mediaType: string;
      salt: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
      bytes: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
      withheldAt: Instant | null;
      withheldReason: string | null;
    };
    'ledger.tile': { log: LogId; level: number; n: number; hashes: Bytes };
  }
}
