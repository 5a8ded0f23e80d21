import { apiPage } from '../trust/api-page.tsx';
import type { LoadedPage, Reading } from '../trust/load-pages.tsx';
import { apiDocument } from './api-document.ts';

/** The API as a page: the same description that programs read. */
export function loadApiPage({ reader }: Reading): Promise<LoadedPage> {
  return Promise.resolve({ page: apiPage(apiDocument(), reader), validUntil: null });
}
