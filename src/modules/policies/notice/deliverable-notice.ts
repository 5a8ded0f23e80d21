/** How far a notice has come. Only what was delivered counts as told; what was sent may have come back. */
export type DeliverableNotice =
  | { readonly kind: 'published-only' }
  | {
      readonly kind: 'delivered';
      /** Persons whom it concerns. */
      readonly addressed: number;
      readonly delivered: number;
      readonly bounced: number;
      /** When the last of those delivered had it. */
      readonly completeAt: Temporal.Instant | null;
    };

/** Who knows to whom a version was delivered. */
export type ReadDeliveries = (version: { readonly documentId: string; readonly number: number }) => Promise<DeliverableNotice>;

/** Nothing delivers yet: what was published is told to whoever comes and reads, or follows a feed, and to nobody else. */
export const publishedOnly: ReadDeliveries = () => Promise.resolve({ kind: 'published-only' });
