import type { Page, Reader } from '#design';
import { renderPage } from '#kernel/html';
import type { Assets } from '#kernel/assets';
import { PortalShell, type PortalShellView } from './shell.tsx';

/** The bytes of one page of the portal. Personal: never to be kept by a cache. */
export function renderPortalPage(page: Page, view: PortalShellView, reader: Reader, assets: Assets): Uint8Array<ArrayBuffer> {
  return renderPage(<PortalShell page={page} view={view} reader={reader} assets={assets} />);
}
