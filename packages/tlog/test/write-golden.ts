import { writeFileSync } from 'node:fs';
import { goldenValues } from './golden-values.ts';

// Run by hand, once for each new version of a format: `npm exec -c 'node packages/tlog/test/write-golden.ts'`.
for (const [name, value] of Object.entries(await goldenValues())) {
  writeFileSync(new URL(`golden/${name}`, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);
}
