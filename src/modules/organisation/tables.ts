import type { ColumnType, Generated } from 'kysely';
import type { Calendar } from './calendar.ts';
import type { Sector } from './sectors.ts';

type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

declare module '#kernel/sql' {
  interface Tables {
    'organisation.organisation': {
      single: Generated<boolean>;
      object: string;
      name: string;
      publicUrl: string;
      languages: string[];
      timeZone: string;
      sector: Sector;
      demo: boolean;
      replyHours: number;
      calendar: ColumnType<Calendar, string, string>;
      establishedAt: Temporal.Instant;
      clientFiles: Generated<string>;
    };
    'organisation.setUpLink': {
      single: Generated<boolean>;
      tokenHash: Bytes;
      expiresAt: Temporal.Instant;
      usedAt: Temporal.Instant | null;
    };
  }
}
