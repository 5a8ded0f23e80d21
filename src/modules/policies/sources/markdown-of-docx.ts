import mammoth from 'mammoth';
import { type FoundText, markdownOfHtml } from './markdown-of-html.ts';
import { refuseZipBomb } from './refuse-zip-bomb.ts';

// The document's own title is not among the headings that the library knows.
const styleMap = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];

/** The text of a Word file as Markdown: insertions that wait for a decision are in it, deletions, comments and headers are not. */
export async function markdownOfDocx(bytes: Buffer): Promise<FoundText> {
  await refuseZipBomb(bytes);
  // Their bytes would be carried along as text; that there are some is all that is asked.
  const convertImage = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
  const { value } = await mammoth.convertToHtml({ buffer: bytes }, { styleMap, convertImage });
  return markdownOfHtml(`<main>${value}</main>`);
}
