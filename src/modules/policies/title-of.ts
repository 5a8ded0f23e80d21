import { frontMatterOf } from './text/front-matter.ts';

/** A document's own title: `title` of its front matter, else its first heading of the first level; `null` when it has neither. */
export function titleOf(source: string): string | null {
  const matter = frontMatterOf(source);
  const named = /^title:[ \t]*(.+)$/m.exec(matter)?.[1]?.trim().replace(/^(["'])(.*)\1$/, '$2');
  const heading = /^#[ \t]+(.+?)[ \t#]*$/m.exec(source)?.[1];
  const title = (named ?? heading)?.trim().slice(0, 200);
  return title === undefined || title === '' ? null : title;
}
