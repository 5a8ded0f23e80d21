import { parseCheckpoint, parseNote } from '@troth/tlog';
import { operator } from '../src/app/installation.ts';
import { act } from '../src/ledger/index.ts';
import { openDocument } from '../src/modules/policies/index.ts';
import { type Figure, median } from './print-figures.ts';
import { publishVersion } from '../src/modules/policies/index.ts';
import { withSampleServer } from './sample-server.ts';

const rounds = 15;

/** From the commit of a public statement to the released checkpoint that covers it, as a visitor fetches it. */
export async function measureCheckpointDelay(): Promise<Figure[]> {
  const delays = await withSampleServer(async ({ url, installation: { ledger } }) => {
    const opened = await act(ledger, operator, (ctx) => openDocument(ctx, { slug: 'bench', title: 'Bench', language: 'en' }));
    if (!opened.ok) throw new Error(opened.refusal);
    const found: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await sizeAt(url);
      const text = Buffer.from(`# Bench\n\nRound ${round}.\n`);
      const publication = { documentId: opened.value.documentId, text, summary: 'A round.', effectiveLocal: '', zone: 'UTC' };
      const published = await act(ledger, operator, (ctx) => publishVersion(ctx, publication));
      if (!published.ok) throw new Error(published.refusal);
      const committed = performance.now();
      while ((await sizeAt(url)) < before + 2);
      found.push(performance.now() - committed);
    }
    return found;
  });
  const worst = Math.max(...delays);
  return [
    { name: 'commit to signed checkpoint, worst of 15', value: `${worst.toFixed(0)} ms`, goal: '≤ 1000 ms', met: worst <= 1000 },
    { name: 'commit to signed checkpoint, median', value: `${median(delays).toFixed(0)} ms`, goal: '', met: null },
  ];
}

async function sizeAt(url: string): Promise<number> {
  const answer = await fetch(`${url}/log/public/checkpoint`);
  const note = parseNote(await answer.text());
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : null;
  return checkpoint?.ok ? checkpoint.value.size : 0;
}
