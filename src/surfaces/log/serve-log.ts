import { parseTilePath, printPolicy } from '@troth/tlog';
import { logHeaders, problem } from '#kernel/http';
import { bundleStatement, type Ledger, type LogId, readBody, readLogs, readNarrowTile, type StateStore } from '#ledger';

const forever = 'public, max-age=31536000, immutable';

type Log = { readonly ledger: Ledger; readonly store: StateStore };

/**
 * What machines read of both logs, exactly as C2SP tlog-tiles says, plus bodies, proofs and the policy file.
 * @param path Behind `/log/`. @returns `null` for a path that is not of the log.
 */
export async function serveLog({ ledger, store }: Log, path: string): Promise<Response | null> {
  if (path === 'policy') return servePolicy(ledger);
  const [, id, rest = ''] = /^(public|private)\/(.+)$/.exec(path) ?? [];
  if (id !== 'public' && id !== 'private') return null;
  if (rest === 'checkpoint') return serveCheckpoint(store, id);
  if (rest.startsWith('tile/')) return serveTile({ ledger, store }, id, rest);
  if (id === 'public' && /^body\/[0-9a-f]{64}$/.test(rest)) return serveBody(ledger, rest.slice('body/'.length));
  if (id === 'public' && /^proof\/(0|[1-9]\d{0,14})$/.test(rest)) return serveProof(ledger, Number(rest.slice('proof/'.length)));
  return null;
}

async function serveCheckpoint(store: StateStore, id: LogId): Promise<Response> {
  const stored = await store.get(`${id}/checkpoint`);
  if (!stored) return problem({ status: 404, code: 'log/no-checkpoint', title: 'This log has no entry yet.' }, logHeaders);
  return new Response(Buffer.from(stored.bytes), {
    headers: { ...logHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=2' },
  });
}

async function serveTile({ ledger, store }: Log, id: LogId, path: string): Promise<Response> {
  const tile = parseTilePath(path);
  if (!tile)
    return problem({ status: 400, code: 'log/tile-path-not-valid', title: 'This is not the address of a tile.' }, logHeaders);
  const stored = await store.get(`${id}/${path}`);
  const bytes = stored?.bytes ?? (await readNarrowTile(ledger.db, id, tile));
  if (!bytes) return problem({ status: 404, code: 'log/no-tile', title: 'The log has no such tile.' }, logHeaders);
  return new Response(Buffer.from(bytes), {
    headers: { ...logHeaders, 'content-type': 'application/octet-stream', 'cache-control': forever },
  });
}

async function serveBody(ledger: Ledger, hash: string): Promise<Response> {
  const body = await readBody(ledger.db, Buffer.from(hash, 'hex'));
  if (!body || body.state === 'none') {
    return problem({ status: 404, code: 'log/no-body', title: 'Nothing in this log has this hash.' }, logHeaders);
  }
  if (body.state === 'withheld') {
    const facts = { reason: body.reason, withheldAt: body.at.toString() };
    return problem(
      { status: 451, code: 'log/body-withheld', title: 'This text was withheld by law; its entry stays.', facts },
      logHeaders,
    );
  }
  if (body.state === 'customers') {
    return problem({ status: 403, code: 'log/body-not-public', title: 'This text is no longer shown to everyone.' }, logHeaders);
  }
  return new Response(Buffer.from(body.bytes), {
    headers: {
      ...logHeaders,
      // Sent as a file: what somebody published must never run as a page of this site.
      'content-type': body.mediaType,
      'content-disposition': 'attachment',
      'x-troth-salt': body.salt.toString('base64'),
      'cache-control': 'public, max-age=300',
    },
  });
}

async function serveProof(ledger: Ledger, index: number): Promise<Response> {
  const bundle = await bundleStatement(ledger.db, index, await policyText(ledger));
  if (!bundle) return problem({ status: 404, code: 'log/no-entry', title: 'The signed log has no such entry.' }, logHeaders);
  return new Response(Buffer.from(bundle), {
    headers: {
      ...logHeaders,
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="entry-${index}.troth.json"`,
      'cache-control': 'public, max-age=2',
    },
  });
}

async function servePolicy(ledger: Ledger): Promise<Response> {
  const text = await policyText(ledger);
  if (text === null) return problem({ status: 404, code: 'log/no-log', title: 'There is no log yet.' }, logHeaders);
  return new Response(text, {
    headers: { ...logHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=60' },
  });
}

/** Whom to trust for these logs, as a C2SP tlog-policy. To be compared with a copy from elsewhere, not believed because it is served here. */
export async function policyText(ledger: Ledger): Promise<string | null> {
  const logs = (await readLogs(ledger.db)).map(({ key }) => ({ key, url: null }));
  return logs.length === 0 ? null : printPolicy({ logs, witnesses: [], groups: [], quorum: 'none' });
}
