import { answerParent } from './answer-parent.ts';
import { withSampleServer } from './sample-server.ts';

await withSampleServer(({ url }) => new Promise<void>((resolve) => answerParent(url, resolve)));
process.exit(0);
