import { z } from 'zod';
import { address, entryIndex, hash, instant } from '#kernel/json-forms';

const logForm = z
  .strictObject({
    id: z.enum(['public', 'private']),
    origin: z.string(),
    verifierKey: z.string().meta({ description: 'As a C2SP signed-note verifier key.' }),
    size: entryIndex.meta({ description: 'Entries under the newest signed checkpoint.' }),
    root: hash.nullable(),
    signedAt: instant.nullable(),
    checkpoint: z.string().nullable().meta({ description: 'The signed note, exactly; null before the first.' }),
    prefix: address.meta({ description: 'Below which checkpoint and tiles are, as C2SP tlog-tiles says.' }),
  })
  .meta({ id: 'Log' });

export const logListForm = z
  .strictObject({
    logs: z.array(logForm),
    policy: address.meta({ description: 'Whom to trust, as a C2SP tlog-policy. Compare it with a copy from elsewhere.' }),
  })
  .meta({ id: 'LogList' });

const leafForm = z
  .object({
    v: z.literal(1),
    type: z.string(),
    object: z.string(),
    seq: z.int().min(1),
    prev: hash.nullable().meta({ description: 'Leaf hash of the same object’s previous entry.' }),
    at: instant,
    bodyHash: hash.nullable(),
    bodyLength: z.int().min(0),
    mediaType: z.string().nullable(),
  })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]))
  .meta({ id: 'Leaf', description: 'What a stranger may compute with; further members by type.' });

export const entryListForm = z
  .strictObject({
    size: entryIndex,
    entries: z.array(z.strictObject({ index: entryIndex, leaf: leafForm, withheld: z.boolean(), entry: address })),
    older: address.nullable(),
  })
  .meta({ id: 'EntryList' });

const bodyForm = z
  .strictObject({
    state: z.enum(['none', 'open', 'withheld', 'customers']),
    bytes: address.nullable().meta({ description: 'Where the exact bytes are, while open.' }),
    salt: z.base64().nullable(),
    reason: z.string().nullable(),
    withheldAt: instant.nullable(),
  })
  .meta({ id: 'EntryBody' });

export const entryForm = z
  .strictObject({
    index: entryIndex,
    leaf: leafForm,
    leafBytes: z.base64().meta({ description: 'The exact bytes that were hashed.' }),
    leafHash: hash.meta({ description: 'RFC 6962: SHA-256 of 0x00 and the bytes.' }),
    body: bodyForm,
    previous: address.nullable().meta({ description: 'The same object’s entry before this one.' }),
    next: address.nullable(),
    proof: address.meta({ description: 'One file with which anybody checks this entry offline.' }),
    tiles: z
      .strictObject({ hashes: address, entries: address })
      .meta({ description: 'The tiles that hold this entry, at the size of the newest checkpoint.' }),
    page: address,
  })
  .meta({ id: 'Entry' });

const leafExample = {
  v: 1,
  type: 'policy.version-published',
  object: '5f0c7f8e-8c1c-4a0e-9a67-2f6d1f7f3a55',
  seq: 2,
  prev: '3c'.repeat(32),
  at: '2026-11-02T09:00:00.000Z',
  bodyHash: '9f'.repeat(32),
  bodyLength: 5120,
  mediaType: 'text/markdown; charset=utf-8',
  slug: 'privacy-policy',
  version: 2,
} as const;

export const entryListExample = {
  size: 13,
  entries: [{ index: 12, leaf: leafExample, withheld: false, entry: '/api/v1/log/entries/12' }],
  older: '/api/v1/log/entries?before=12',
};

export const entryExample = {
  index: 12,
  leaf: leafExample,
  leafBytes: 'eyJhdCI6IjIwMjYifQ==',
  leafHash: 'a1'.repeat(32),
  body: { state: 'open', bytes: `/log/public/body/${'9f'.repeat(32)}`, salt: 'q6ur', reason: null, withheldAt: null },
  previous: '/api/v1/log/entries/4',
  next: null,
  proof: '/log/public/proof/12',
  tiles: { hashes: '/log/public/tile/0/000.p/13', entries: '/log/public/tile/entries/000.p/13' },
  page: '/log/public/entry/12',
} as const;
