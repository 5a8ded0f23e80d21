import type { Form } from '#kernel/http';
import { done } from '#kernel/outcome';
import { act, observe } from '#ledger';
import {
  consoleNewPolicy,
  formError,
  type NewPolicyView,
  openDocument,
  openTemplate,
  type PolicyError,
  policyError,
  readUpload,
  saveDraft,
  slugFor,
  templateChoices,
  titleOf,
} from '#policies';
import { seeOther } from '../html-response.ts';
import { departmentIn, departmentsToWrite } from './departments-to-write.ts';
import { consoleResponse, type Desk } from './session.ts';

type Entered = NewPolicyView['entered'];

/** The first steps of the overview lead here, each with its way chosen. */
export function newPolicyForm(desk: Desk, request: Request): Promise<Response> {
  const [language = 'en'] = desk.organisation.languages;
  const way = wayIn(new URL(request.url).searchParams.get('way')) ?? 'template';
  return formPage(desk, { way, title: '', slug: '', language, department: '', text: '', template: '' }, []);
}

async function formPage(desk: Desk, entered: Entered, errors: readonly PolicyError[]): Promise<Response> {
  const { languages } = desk.organisation;
  const departments = await departmentsToWrite(observe(desk.site.ledger, desk.signedIn.actor));
  const view = { templates: await templateChoices(languages), languages, departments, entered, errors };
  return consoleResponse(desk, consoleNewPolicy(view, desk.reader), errors.length > 0 ? 422 : 200);
}

/** Opens a document in rehearsal with a first draft, from a text, a file or a template. */
export async function sendNewPolicy(desk: Desk, _request: Request, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  const way = wayIn(form.text('way'));
  const entered: Entered = {
    way: way ?? 'template',
    title: form.text('title'),
    slug: form.text('slug').trim(),
    language: form.text('language'),
    department: form.text('department'),
    text: form.text('text').replaceAll('\r\n', '\n'),
    template: form.text('template'),
  };
  if (way === undefined) return formPage(desk, entered, [formError(locale, 'way-missing')]);
  const begun = await begin(desk, entered, form);
  if ('field' in begun) return formPage(desk, entered, [begun]);
  const { title, language, text } = begun;
  const slug = entered.slug === '' ? slugFor(title) : entered.slug;
  const outcome = await act(desk.site.ledger, desk.signedIn.actor, async (ctx) => {
    const opened = await openDocument(ctx, { slug, title, language, departmentId: departmentIn(entered.department) });
    if (!opened.ok) return opened;
    const draft = { documentId: opened.value.documentId, text, summary: '', effectiveLocal: '', revision: 0 };
    const saved = await saveDraft(ctx, draft);
    return saved.ok ? done(null) : saved;
  });
  if (outcome.ok) return seeOther(`/${locale}/console/policies/${slug}?just=opened`);
  const { refusal } = outcome;
  if (refusal === 'policies/document-not-found' || refusal === 'policies/draft-changed-meanwhile')
    throw new Error('a new document has no other draft');
  return formPage(desk, entered, [policyError(locale, { ...outcome, refusal })]);
}

function wayIn(text: string | null): Entered['way'] | undefined {
  return (['paste', 'upload', 'template'] as const).find((name) => name === text);
}

type Begun = { title: string; language: string; text: string };

async function begin(desk: Desk, entered: Entered, form: Form): Promise<Begun | PolicyError> {
  const { locale } = desk.reader;
  const { title, way } = entered;
  const language =
    desk.organisation.languages.find((known) => known === entered.language) ?? desk.organisation.languages[0] ?? 'en';
  if (way === 'paste') return { title: title.trim() || (titleOf(entered.text) ?? ''), language, text: entered.text };
  if (way === 'template') {
    const template = await openTemplate(entered.template, { organisation: desk.organisation.name });
    if (!template) return formError(locale, 'template-missing');
    return { title: title.trim() === '' ? template.title : title, language: template.language, text: template.text };
  }
  const bytes = await form.file('file');
  if (bytes === null) return formError(locale, 'file-missing');
  const read = await readUpload(bytes);
  if (!read.ok) return policyError(locale, read, 'file');
  return { title: title.trim() || (titleOf(read.value.text) ?? ''), language, text: read.value.text };
}
