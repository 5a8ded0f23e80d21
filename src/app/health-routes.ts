import { Hono } from 'hono';

/** What a supervisor asks: whether the process lives, whether it can work, and in figures how it is. */
export type Health = {
  /** Problems that keep it from working, empty when ready. Each is a closed code. */
  readonly problems: () => Promise<readonly string[]>;
  /** Figures as Prometheus names without the prefix; numbers only, never about persons. */
  readonly figures: () => Promise<Readonly<Record<string, number>>>;
};

const text = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function healthRoutes({ problems, figures }: Health): Hono {
  const app = new Hono();
  app.get('/healthz', () => new Response('ok\n', { headers: text }));
  app.get('/readyz', async () => {
    const found = await problems();
    return new Response(found.length === 0 ? 'ready\n' : `${found.join('\n')}\n`, {
      status: found.length === 0 ? 200 : 503,
      headers: text,
    });
  });
  app.get('/metrics', async () => {
    const lines = Object.entries(await figures()).map(([name, value]) => `# TYPE troth_${name} gauge\ntroth_${name} ${value}`);
    return new Response(`${lines.join('\n')}\n`, {
      headers: { ...text, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    });
  });
  return app;
}
