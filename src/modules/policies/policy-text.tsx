import { address, urlPart } from '#design';
import { dir } from '#kernel/i18n';
import type { ComponentChildren } from 'preact';
import { policiesText } from './policies-text.ts';

/** One clause of a text: a heading with what stands under it, up to the next heading. */
export type PolicySection = {
  /** Stable clause id; also the fragment of its address. */
  id: string;
  /** `null` for what stands before the first heading. */
  heading: string | null;
  /** 1 is the highest heading below the page title. */
  level: 1 | 2 | 3 | 4 | 5;
  body: ComponentChildren;
  /** Published questions about this clause. */
  questions: number;
};

const tags = { 1: 'h2', 2: 'h3', 3: 'h4', 4: 'h5', 5: 'h6' } as const;

export type PolicyTextProps = {
  sections: readonly PolicySection[];
  language: string;
  locale: string;
  slug: string;
  /** Whether a question about a clause can be asked on this page. */
  asking: boolean;
};

/** The text itself, in its own language, with the way to ask beside each section. */
export function PolicyText({ sections, language, locale, slug, asking }: PolicyTextProps) {
  // No published text is empty: a missing one was taken back by law, and the reader must not think the policy says nothing.
  if (sections.length === 0) return <p class="empty">{policiesText(locale)('text.withheld')}</p>;
  return (
    <div class="statute">
      {sections.map((section) => {
        const Heading = tags[section.level];
        const headingId = `${section.id}-heading`;
        return (
          // Without a name it is no landmark: dozens of them help nobody, and a text may use one heading twice.
          <section class="clause" id={section.id}>
            <div class="body" lang={language} dir={dir(language)}>
              {section.heading !== null && <Heading id={headingId}>{section.heading}</Heading>}
              {section.body}
            </div>
            {asking && section.heading !== null && <SideNote section={section} locale={locale} slug={slug} />}
          </section>
        );
      })}
    </div>
  );
}

function SideNote({ section, locale, slug }: { section: PolicySection; locale: string; slug: string }) {
  const t = policiesText(locale);
  return (
    <div class="side no-print">
      <ul>
        <li>
          <a href={`${address(locale, 'policies', slug, 'ask')}?clause=${urlPart(section.id)}`}>
            {t('ask')}
            <span class="visually-hidden">: {section.heading}</span>
          </a>
        </li>
        {section.questions > 0 && (
          <li>
            <a href={`#questions-${section.id}`}>
              {t('clause.questions', { n: section.questions })}
              <span class="visually-hidden">: {section.heading}</span>
            </a>
          </li>
        )}
      </ul>
    </div>
  );
}

/** Shown for longer texts only: three headings are found faster by scrolling. */
export function Contents({ sections, locale }: { sections: readonly PolicySection[]; locale: string }) {
  const t = policiesText(locale);
  const headed = sections.filter((section) => section.heading !== null && section.level <= 2);
  if (headed.length < 4) return null;
  return (
    <details class="more no-print">
      <summary>{t('contents', { n: headed.length })}</summary>
      <ol class="plain">
        {headed.map((section) => (
          <li>
            <a href={`#${section.id}`}>{section.heading}</a>
          </li>
        ))}
      </ol>
    </details>
  );
}
