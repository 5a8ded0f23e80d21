export type Child = Node | string | null | false;
type Attributes = Readonly<Record<string, string | true>>;

/** An element with attributes and children; text is only ever text, since the page's policy allows no markup from scripts. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value === true ? '' : value);
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** A fingerprint in groups of four; the gaps are drawn by the stylesheet, so that copying gives the hash itself. */
export function hashElement(value: string): HTMLElement {
  const groups = (value.match(/.{1,4}/g) ?? []).flatMap((group) => [element('span', {}, group), element('wbr')]);
  return element('code', { class: 'hash', dir: 'ltr', translate: 'no' }, ...groups);
}

/** A log's name in one piece for copying, yet able to break at its dots and slashes. */
export function originElement(value: string): HTMLElement {
  const parts = value.split(/(?<=[./])/).flatMap((part) => [part, element('wbr')]);
  return element('code', { dir: 'ltr', translate: 'no' }, ...parts);
}
