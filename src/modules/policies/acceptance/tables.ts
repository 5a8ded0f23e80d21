import type { Again } from './asking.ts';
import type { DecisionKind, DecisionSurface } from './fold-decisions.ts';

declare module '#kernel/sql' {
  interface Tables {
    'policies.acceptanceSetting': { documentId: string; asked: boolean; again: Again; changedAt: Temporal.Instant };
    'policies.acceptanceCall': { documentId: string; version: number; calledAt: Temporal.Instant };
    'policies.acceptor': { subjectId: string; accountId: string };
    'policies.decision': {
      subjectId: string;
      documentId: string;
      n: number;
      id: string;
      kind: DecisionKind;
      version: number;
      language: string;
      textHash: Buffer;
      wordingHash: Buffer;
      surface: DecisionSurface;
      mandateId: string | null;
      programId: string | null;
      at: Temporal.Instant;
      eventId: string;
    };
    'policies.acceptanceRequest': {
      programId: string;
      keyHash: Buffer;
      requestHash: Buffer;
      decisionId: string | null;
      at: Temporal.Instant;
    };
    'policies.acceptanceLink': {
      ticketHash: Buffer;
      programId: string;
      accountId: string;
      documentId: string;
      audience: string;
      returnTo: string | null;
      expiresAt: Temporal.Instant;
    };
    'policies.returnAddress': { address: string; addedAt: Temporal.Instant };
  }
}
