import type { Form } from '#kernel/http';

/** What a form says was on the page that it came from. Whatever is none of it matches nothing. */
export function readShown(form: Form, organisation: string, locale: string) {
  const whole = (name: string) => (/^\d{1,9}$/.test(form.text(name)) ? Number(form.text(name)) : -1);
  return {
    shown: { version: whole('version'), textHash: form.text('text'), language: form.text('language') },
    words: { hash: form.text('words'), locale, organisation },
    after: whole('after'),
  };
}
