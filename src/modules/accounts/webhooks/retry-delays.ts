const delays = [
  { seconds: 5 },
  { minutes: 5 },
  { minutes: 30 },
  { hours: 2 },
  { hours: 5 },
  { hours: 10 },
  { hours: 14 },
  { hours: 20 },
  { hours: 24 },
].map((delay) => Temporal.Duration.from(delay));

/**
 * How long to wait after so many failed attempts; `null` when three days of them are enough.
 * @see Standard Webhooks 1.0.0, "Deliverability and reliability"
 */
export function retryDelay(attempts: number): Temporal.Duration | null {
  return delays[attempts - 1] ?? null;
}
