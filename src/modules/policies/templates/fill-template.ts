import { done, refuse, type Outcome } from '#kernel/outcome';

/** A place that the organisation still has to fill: `[[what belongs here]]`. */
export type Blank = { name: string; line: number };
export type BlankValues = Readonly<Record<string, string>>;

// A link whose text is in brackets, `[[1]](address)`, is Markdown and no blank.
const blank = /\[\[([^[\]\n]+)\]\](?!\()/g;

/** The blanks of a text in order, each with its line counted from 1. A name that occurs twice is listed twice. */
export function findBlanks(text: string): Blank[] {
  let line = 1;
  let counted = 0;
  return Array.from(text.matchAll(blank), ({ 1: name = '', index }) => {
    for (; counted < index; counted++) if (text[counted] === '\n') line++;
    return { name: name.trim(), line };
  });
}

/** Fills the blanks whose names are given, as plain text: a value cannot become markup. The others stay. */
export function fillTemplate(text: string, values: BlankValues): string {
  return text.replace(blank, (whole, name: string) => {
    const value = Object.hasOwn(values, name.trim()) ? values[name.trim()] : undefined;
    return value === undefined || value.trim() === '' ? whole : asMarkdown(value.trim());
  });
}

function asMarkdown(value: string): string {
  const lines = value.split('\n').map((line) => {
    const escaped = line.trim().replace(/[\\`*_[\]<>#|~&]/g, '\\$&');
    // At the start of a line "1. FC" would be a list, and so would a hyphen.
    return escaped.replace(/^(\d+)(?=[.)])|^(?=[-+=])/, '$1\\');
  });
  // An address has lines; a backslash at the end of a line keeps them in Markdown.
  return lines.join('\\\n');
}

/** Refuses a text that still has a blank, naming the first: {blank, line, left}, where `left` counts them all. */
export function refuseBlanks(text: string): Outcome<string, 'policies/blank-left'> {
  const [first, ...others] = findBlanks(text);
  return first ? refuse('policies/blank-left', { blank: first.name, line: first.line, left: others.length + 1 }) : done(text);
}
