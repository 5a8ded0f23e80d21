import { answerParent } from './answer-parent.ts';
import { withSampleServer } from './sample-server.ts';

await withSampleServer(
  ({ url }) =>
    new Promise<void>((resolve) => {
      answerParent(url, () => {
        resolve();
        return new Promise((gone) => process.once('beforeExit', () => gone()));
      });
    }),
);
