import { pageHeaders } from '#kernel/http';

/** A page made for this request alone: nobody keeps it. */
export function htmlResponse(
  bytes: Uint8Array<ArrayBuffer>,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(bytes, {
    status,
    headers: { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}

/** After a form: the browser fetches the next page anew, so a reload sends nothing twice. */
export function seeOther(location: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { ...pageHeaders, location, 'cache-control': 'no-store', ...headers } });
}
