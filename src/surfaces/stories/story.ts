import type { Assets } from '#kernel/assets';

/** One page in one situation: shown at `/stories` in development, kept as golden HTML, walked by the accessibility test. */
export type Story = {
  /** Also the file name of its golden HTML: lower case, digits and hyphens. */
  name: string;
  locale: string;
  page: (assets: Assets) => Uint8Array<ArrayBuffer>;
};
