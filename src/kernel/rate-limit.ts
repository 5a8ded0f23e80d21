/** How often one client may do something: `burst` at once, and as many again over `seconds`. */
export type Allowance = { readonly burst: number; readonly seconds: number };

/**
 * A bucket of allowances for each client, in this process, as one number: the millisecond at which the bucket is full again.
 * Bounded: a full bucket is forgotten without loss; beyond `mostClients` the one idle for longest is, which gives its owner a
 * fresh allowance.
 * @see ITU-T I.371, generic cell rate algorithm: whole milliseconds, so who waits as long as told is let in.
 */
export class RateLimit {
  readonly #fullAt = new Map<string, number>();
  readonly #allowance: Allowance;
  readonly #now: () => Temporal.Instant;
  readonly #mostClients: number;

  constructor(allowance: Allowance, now: () => Temporal.Instant, mostClients = 50_000) {
    this.#allowance = allowance;
    this.#now = now;
    this.#mostClients = mostClients;
  }

  /** @param address The client's IP address. @returns 0 when it may go on, else the whole seconds until it may. */
  take(address: string): number {
    const { burst, seconds } = this.#allowance;
    const client = networkOf(address);
    const now = this.#now().epochMilliseconds;
    const step = (seconds * 1000) / burst;
    // Never further away than an empty bucket takes: a clock that was set back must lock nobody out for longer.
    const fullAt = Math.min(Math.max(this.#fullAt.get(client) ?? now, now), now + burst * step);
    const wait = fullAt + step - (now + burst * step);
    // Taken out and put back: a map keeps the order of insertion, so its first is the one idle for longest.
    this.#fullAt.delete(client);
    this.#forget(now);
    this.#fullAt.set(client, wait > 0 ? fullAt : fullAt + step);
    return wait > 0 ? Math.ceil(wait / 1000) : 0;
  }

  /** Clients that are remembered. */
  get size(): number {
    return this.#fullAt.size;
  }

  #forget(now: number): void {
    for (const [client, fullAt] of this.#fullAt) {
      if (this.#fullAt.size < this.#mostClients && fullAt > now) return;
      this.#fullAt.delete(client);
    }
  }
}

/** Whose allowance an address spends: of IPv6 its /64, since one subscriber holds 2^64 addresses. Unreadable ones share one. */
export function networkOf(address: string): string {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return address;
  const plain = address.replace(/%.*$/, '');
  const canonical = URL.parse(`http://[${plain}]`)?.hostname.slice(1, -1);
  if (canonical === undefined) return 'unknown';
  const [head = '', tail] = canonical.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after].map((group) =>
    parseInt(group, 16),
  );
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, high = 0, low = 0] = groups;
  const mapped = g0 + g1 + g2 + g3 + g4 === 0 && g5 === 0xffff;
  if (mapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${[g0, g1, g2, g3].map((group) => group.toString(16)).join(':')}::/64`;
}
