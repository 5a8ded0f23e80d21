import { readFile } from 'node:fs/promises';
import { fillTemplate, findBlanks } from './fill-template.ts';
import { knownValues, templates } from './template-list.ts';

export type TemplateChoice = {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly blanks: number;
};

/** The templates in the given languages with how much is left to fill in. */
export async function templateChoices(languages: readonly string[]): Promise<TemplateChoice[]> {
  const offered = templates.filter(({ language }) => languages.includes(language));
  return Promise.all(
    offered.map(async ({ slug, language, title, file }) => {
      const text = await readFile(file, 'utf8');
      return {
        id: `${slug}.${language}`,
        title,
        language,
        blanks: new Set(findBlanks(text).map(({ name }) => name)).size,
      };
    }),
  );
}

/** A template's text with what is known already filled in. `null` for an id that is not offered. */
export async function openTemplate(
  id: string,
  known: { organisation: string },
): Promise<{ text: string; title: string; slug: string; language: string } | null> {
  const template = templates.find(({ slug, language }) => `${slug}.${language}` === id);
  if (!template) return null;
  const { title, slug, language, file } = template;
  return { text: fillTemplate(await readFile(file, 'utf8'), knownValues(template, known)), title, slug, language };
}
