/** A document's own title: `title` of its front matter, else its first heading of the first level; `null` when it has neither. */
export function titleOf(source: string): string | null {
  const matter = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(\r?\n|$)/.exec(source)?.[1] ?? '';
  const named = /^title:[ \t]*(.+?)[ \t]*\r?$/m.exec(matter)?.[1]?.replace(/^(["'])(.*)\1$/, '$2');
  const heading = /^#[ \t]+(.+?)[ \t#]*\r?$/m.exec(source)?.[1];
  const title = (named ?? heading)?.trim().slice(0, 200);
  return title === undefined || title === '' ? null : title;
}
