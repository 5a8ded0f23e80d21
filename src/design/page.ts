import type { ComponentChildren } from 'preact';

/** What a page hands to the shell of its surface. The shell adds navigation, banners and the foot; the page knows none of them. */
export type Page<Section extends string = string> = {
  title: string;
  /** One sentence for search engines and link previews. */
  description: string;
  /** Which item of the navigation is the current one. */
  section: Section | null;
  /** Path behind the language, without slashes at either end: `policies/privacy`. It is the same in every language. */
  path: string;
  body: ComponentChildren;
  /** Names of client bundles. Each is optional to the reader: the page says what it needs without them. */
  scripts?: readonly string[];
  /** Personal, empty or error pages stay out of search engines. */
  unlisted?: boolean;
};
