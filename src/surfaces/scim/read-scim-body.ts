import { isScimObject, type ScimObject } from '#accounts';
import { type Outcome, done, refuse } from '#kernel/outcome';

const largest = 1_000_000;
const deepest = 12;

export type ReadScimBodyRefusal = 'accounts/scim-invalid-syntax' | 'http/body-too-large' | 'scim/media-type';

/** The JSON object of a request. The stream is counted as it comes, since a length header can lie or be missing. */
export async function readScimBody(request: Request): Promise<Outcome<ScimObject, ReadScimBodyRefusal>> {
  const [mediaType = ''] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  if (!['application/scim+json', 'application/json'].includes(mediaType.trim())) return refuse('scim/media-type');
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > largest) return refuse('http/body-too-large');
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
    return isScimObject(value) && depthOf(value, 0) <= deepest ? done(value) : refuse('accounts/scim-invalid-syntax');
  } catch {
    return refuse('accounts/scim-invalid-syntax');
  }
}

// What reads a body further on calls itself for each level; a million brackets would end the stack.
function depthOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > deepest) return depth;
  return Math.max(
    depth,
    ...Object.values(value)
      .slice(0, 50_000)
      .map((each) => depthOf(each, depth + 1)),
  );
}
