import { leafHash, tilePath, tileWidth } from '@troth/tlog';
import { z } from 'zod';
import { answered, publicRead, type Route, route } from '#kernel/contract';
import { indexSegment } from '#kernel/json-forms';
import { refuse } from '#kernel/outcome';
import { listEntries, type PublicEntry, readEntry, readLogs, readPublicLog } from '#ledger';
import { entryExample, entryForm, entryListExample, entryListForm, logListForm } from './log-forms.ts';

const mediaType = 'application/json';
const entriesPerPage = 50;

export const logRoutes: readonly Route[] = [
  route(
    {
      ...publicRead,
      path: '/log',
      summary: 'Both logs as they were last signed.',
      responses: {
        200: {
          description: 'The public log and the log of commitments to what concerns persons.',
          mediaType,
          schema: logListForm,
          example: {
            logs: [
              {
                id: 'public',
                origin: 'trust.harbour.example/log/public',
                verifierKey: 'trust.harbour.example/log/public+8c1f22d0+AQwbNiM1PEsXn7mRCu0Dr8oM5f2lWcAAAAAAAAAAAAAA',
                size: 13,
                root: 'b2'.repeat(32),
                signedAt: '2026-11-02T09:00:01Z',
                checkpoint: 'trust.harbour.example/log/public\n13\n…\n\n— …\n',
                prefix: '/log/public',
              },
            ],
            policy: '/log/policy',
          },
        },
      },
      refusals: {},
    },
    async (ctx) => {
      const logs = (await readLogs(ctx.db)).map(({ id, origin, verifierKey, size, root, signedAt, note }) => ({
        id,
        origin,
        verifierKey,
        size,
        root: root && Buffer.from(root).toString('hex'),
        signedAt: signedAt && signedAt.toString(),
        checkpoint: note,
        prefix: `/log/${id}`,
      }));
      return answered(200, { logs, policy: '/log/policy' });
    },
  ),
  route(
    {
      ...publicRead,
      path: '/log/entries',
      summary: 'Entries of the public log, newest first.',
      query: z.strictObject({ before: indexSegment.optional() }),
      responses: {
        200: { description: `At most ${entriesPerPage}.`, mediaType, schema: entryListForm, example: entryListExample },
      },
      refusals: {},
    },
    async (ctx, { query }) => {
      const { size } = await readPublicLog(ctx.db);
      const found = await listEntries(ctx.db, entriesPerPage, query.before);
      const entries = found.map(({ index, leaf: { fields, ...members }, withheld }) => ({
        index,
        leaf: { v: 1 as const, ...members, ...fields },
        withheld,
        entry: addressOf(index),
      }));
      const last = found.at(-1)?.index ?? 0;
      return answered(200, { size, entries, older: last > 0 ? `/api/v1/log/entries?before=${last}` : null });
    },
  ),
  route(
    {
      ...publicRead,
      path: '/log/entries/{index}',
      summary: 'One entry of the public log.',
      params: z.strictObject({ index: indexSegment }),
      responses: { 200: { description: 'The entry.', mediaType, schema: entryForm, example: entryExample } },
      refusals: { 'log/no-entry': [404, 'The signed log has no such entry.'] },
    },
    async (ctx, { params }) => {
      const entry = await readEntry(ctx.db, params.index);
      if (!entry) return refuse('log/no-entry');
      const { size } = await readPublicLog(ctx.db);
      return answered(200, describeEntry(entry, size));
    },
  ),
];

function describeEntry(entry: PublicEntry, size: number): z.input<typeof entryForm> {
  const { index, leafBytes } = entry;
  const { fields, ...members } = entry.leaf;
  const n = Math.floor(index / tileWidth);
  const width = Math.min(tileWidth, size - n * tileWidth);
  return {
    index,
    leaf: { v: 1, ...members, ...fields },
    leafBytes: leafBytes.toString('base64'),
    leafHash: Buffer.from(leafHash(leafBytes)).toString('hex'),
    body: describeBody(entry),
    previous: entry.previousIndex === null ? null : addressOf(entry.previousIndex),
    next: entry.nextIndex === null ? null : addressOf(entry.nextIndex),
    proof: `/log/public/proof/${index}`,
    tiles: {
      hashes: `/log/public/${tilePath({ level: 0, n, width })}`,
      entries: `/log/public/${tilePath({ level: 'entries', n, width })}`,
    },
    page: `/log/public/entry/${index}`,
  };
}

function describeBody({ body, leaf }: PublicEntry): z.input<typeof entryForm>['body'] {
  const isOpen = body.state === 'open';
  const isWithheld = body.state === 'withheld';
  return {
    state: body.state,
    bytes: isOpen ? `/log/public/body/${leaf.bodyHash}` : null,
    salt: isOpen ? body.salt.toString('base64') : null,
    reason: isWithheld ? body.reason : null,
    withheldAt: isWithheld ? body.at.toString() : null,
  };
}

const addressOf = (index: number) => `/api/v1/log/entries/${index}`;
