import type { ColumnType } from 'kysely';

declare module '#kernel/sql' {
  interface Tables {
    'policies.document': {
      id: string;
      slug: string;
      title: string;
      language: string;
      departmentId: string | null;
      approvers: ColumnType<number, number | undefined, number>;
      draftRevision: ColumnType<number, number | undefined, number>;
      createdAt: Temporal.Instant;
    };
    'policies.version': {
      id: string;
      documentId: string;
      number: number;
      summaryEventId: string | null;
      title: string;
      origin: 'published' | 'imported';
      publishedAt: Temporal.Instant | null;
      effectiveAt: Temporal.Instant | null;
      effectiveLocal: string | null;
      effectiveZone: string | null;
      claimedPublishedAt: Temporal.Instant | null;
      gitCommit: string | null;
      gitPath: string | null;
      eventId: string | null;
      withdrawnAt: Temporal.Instant | null;
      withdrawalEventId: string | null;
      audience: string;
      jurisdiction: string | null;
      changeClass: 'adverse' | 'material' | 'editorial' | null;
      noticeRules: string[];
      shorteningEventId: string | null;
      signedCopyEventId: string | null;
      createdAt: Temporal.Instant;
    };
    'policies.draftAuthor': { documentId: string; accountId: string };
    'policies.review': { id: string; documentId: string; digest: Buffer; askedBy: string; askedAt: Temporal.Instant };
    'policies.reviewAnswer': {
      reviewId: string;
      accountId: string;
      approves: boolean;
      note: string;
      answeredAt: Temporal.Instant;
    };
    'policies.draft': {
      documentId: string;
      text: string;
      summary: string;
      effectiveLocal: string;
      audience: string;
      jurisdiction: string;
      changeClass: string;
      legalBasis: string;
      revision: number;
      updatedAt: Temporal.Instant;
      updatedBy: string;
    };
    'policies.draftRevision': {
      documentId: string;
      revision: number;
      text: string;
      summary: string;
      effectiveLocal: string;
      audience: string;
      jurisdiction: string;
      changeClass: string;
      legalBasis: string;
    };
    'policies.signedCopy': { documentId: string; bytes: Buffer; hash: Buffer; attachedAt: Temporal.Instant };
    'policies.translation': {
      documentId: string;
      number: number;
      language: string;
      edition: number;
      title: string;
      eventId: string;
      summaryEventId: string | null;
      publishedAt: Temporal.Instant;
    };
    'policies.translationDraft': {
      documentId: string;
      language: string;
      title: string;
      text: string;
      summary: string;
      revision: number;
      updatedAt: Temporal.Instant;
    };
    'policies.noticeChoice': { documentId: string; audience: string; rule: string };
    'policies.ending': {
      documentId: string;
      lastVersion: number;
      recordedAt: Temporal.Instant;
      endsAt: Temporal.Instant;
      endsZone: string;
      eventId: string;
      noticeRules: string[];
      shorteningEventId: string | null;
    };
  }
}
