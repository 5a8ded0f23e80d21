import { measureCheckpointDelay } from './checkpoint-delay.ts';
import { measureCachedPage } from './cached-page.ts';
import { measureImport } from './import-history.ts';
import { measureComparisons } from './compare-texts.ts';
import { measurePageWeight } from './page-weight.ts';
import { measureSessionCheck } from './session-check.ts';
import { measureSignIn } from './sign-in.ts';
import { type Figure, printFigures } from './print-figures.ts';

const wanted = process.argv.slice(2);
const measurements = {
  'cached-page': measureCachedPage,
  'page-weight': measurePageWeight,
  'session-check': measureSessionCheck,
  'sign-in': measureSignIn,
  'checkpoint-delay': measureCheckpointDelay,
  'import-history': measureImport,
  'compare-texts': measureComparisons,
};

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  figures.push(...(await measure()));
}
printFigures(figures);
