import { findRule } from './notice-rules.ts';

/** A rule as people read it: its title and article. A name from a later release stands for itself. */
export function ruleTitle(name: string, locale: string): string {
  const rule = findRule(name);
  if (!rule) return name;
  const title = locale === 'de' ? rule.title.de : rule.title.en;
  return rule.article === null ? title : `${title} (${rule.article})`;
}
