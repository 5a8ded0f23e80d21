/**
 * A page whose address is itself a key: a link out of a letter. What the page asks for (styles, the other language) must not carry it
 * into a log of requests. Not `no-referrer`: forms would then be sent with `Origin: null`, which counts as foreign in browsers that do
 * not know Sec-Fetch-Site.
 */
export function keyedPage(response: Response): Response {
  response.headers.set('referrer-policy', 'strict-origin');
  return response;
}
