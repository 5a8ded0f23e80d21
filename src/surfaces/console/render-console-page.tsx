import type { Page, Reader } from '#design';
import { renderPage } from '#kernel/html';
import type { Assets } from '#kernel/assets';
import { BareShell, type BareShellView } from './bare-shell.tsx';
import { ConsoleShell, type ConsoleShellView } from './shell.tsx';

/** A page for somebody who is signed in. */
export function renderConsolePage(page: Page, view: ConsoleShellView, reader: Reader, assets: Assets): Uint8Array<ArrayBuffer> {
  return renderPage(<ConsoleShell page={page} view={view} reader={reader} assets={assets} />);
}

/** A page before anybody is signed in: set-up, sign-in. */
export function renderBarePage(page: Page, view: BareShellView, reader: Reader, assets: Assets): Uint8Array<ArrayBuffer> {
  return renderPage(<BareShell page={page} view={view} reader={reader} assets={assets} />);
}
