import { renderToString } from 'preact-render-to-string';
import type { VNode } from 'preact';

const encoder = new TextEncoder();

/**
 * A whole page as the bytes that go to the reader.
 * @param page A tree whose root is `<html>`. Text and attributes are escaped; nothing in it may carry raw markup.
 * @returns UTF-8 with a doctype, so that no browser falls back to quirks.
 */
export function renderPage(page: VNode): Uint8Array<ArrayBuffer> {
  return encoder.encode(`<!doctype html>${renderToString(page)}\n`);
}
