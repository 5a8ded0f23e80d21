import { randomUUID } from 'node:crypto';
import { done } from '../../src/kernel/outcome.ts';
import { act, openObject } from '../../src/ledger/index.ts';
import { system } from '../support/ledger.ts';
import { childLedger, forEver, tell } from './child-ledger.ts';

// Records a public and a private event in turn, and tells of each once it is committed.
const ledger = childLedger(process.argv[2] ?? '');
const subject = randomUUID();
let object: string | undefined;
let n = 0;

await forEver(async () => {
  if (object === undefined) {
    const opened = await act(ledger, system, async (ctx) => done(await openObject(ctx, 'public')));
    if (opened.ok) object = opened.value;
    return;
  }
  const about = object;
  n += 1;
  const log = n % 2 === 0 ? 'private' : 'public';
  const recorded = await act(ledger, system, async (ctx) => {
    const body = { bytes: Buffer.from(`text ${n}`), mediaType: 'text/plain' };
    if (log === 'public') return done(await ctx.record({ type: 'note.said', object: about, fields: { n }, body }));
    return done(await ctx.record({ type: 'thing.done', subject, body: { n } }));
  });
  if (recorded.ok) tell({ tell: 'recorded', log, id: recorded.value });
});
