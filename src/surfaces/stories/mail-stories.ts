import { letterPage, mailCases } from './fixtures/mail.ts';
import type { Story } from './story.ts';

/** Every letter with every fixture, as HTML and as text, in both languages. */
export const mailStories: readonly Story[] = mailCases.flatMap((one) =>
  (['html', 'text'] as const).flatMap((form) =>
    ['en', 'de'].map((locale) => ({
      name: `mail-${one.name}-${form}-${locale}`,
      locale,
      page: () => letterPage(one, locale, form),
    })),
  ),
);
