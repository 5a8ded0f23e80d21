import type { Page, Reader } from '#design';
import { renderPage } from '#kernel/html';
import type { Assets } from '#kernel/assets';
import { TrustShell, type TrustShellView } from './shell.tsx';

/** The bytes of one page of the trust centre. The same arguments give the same bytes, so that the result may be kept. */
export function renderTrustPage(page: Page, view: TrustShellView, reader: Reader, assets: Assets): Uint8Array<ArrayBuffer> {
  return renderPage(<TrustShell page={page} view={view} reader={reader} assets={assets} />);
}
