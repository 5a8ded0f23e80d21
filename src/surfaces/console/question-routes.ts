import { accountsSentence } from '#accounts';
import { Hono } from 'hono';
import type { Form } from '#kernel/http';
import { act, entriesOf, observe } from '#ledger';
import { readVersionText, renderSections } from '#policies';
import {
  answerQuestion,
  askToErase,
  type ConsoleQuestionView,
  consoleQuestion,
  consoleQuestions,
  eraseQuestion,
  eraseStanding,
  eraseUnconfirmed,
  listQuestions,
  publishQuestion,
  type Question,
  questionError,
  readPublication,
  readQuestion,
} from '#support';
import { seeOther } from '../html-response.ts';
import type { Site } from '../site.ts';
import { problemResponse } from '../trust/problem-response.ts';
import { consoleResponse, type Desk } from './session.ts';
import { withDesk, withForm } from './with-desk.ts';

const formLimit = 128_000;
const mostListed = 200;
const path = '/:lang{[a-z]{2}}/console/questions';

export function questionRoutes(site: Site): Hono {
  const app = new Hono();
  app.get(path, withDesk(site, showQueue));
  app.get(
    `${path}/:id`,
    withDesk(site, (desk, request) => onQuestion(desk, request, (question) => showQuestion(desk, request, question))),
  );
  app.post(
    `${path}/:id/answer`,
    withForm(site, formLimit, (desk, request, form) => onQuestion(desk, request, (question) => answer(desk, question, form))),
  );
  app.post(
    `${path}/:id/publish`,
    withForm(site, formLimit, (desk, request, form) => onQuestion(desk, request, (question) => publish(desk, question, form))),
  );
  app.post(
    `${path}/:id/erase`,
    withForm(site, formLimit, (desk, request, form) => onQuestion(desk, request, (question) => erase(desk, question, form))),
  );
  app.post(
    `${path}/:id/ask-erase`,
    withForm(site, formLimit, (desk, request, form) => onQuestion(desk, request, (question) => askErase(desk, question, form))),
  );
  return app;
}

function contextOf(desk: Desk) {
  return observe(desk.site.ledger, desk.signedIn.actor);
}

async function onQuestion(desk: Desk, request: Request, use: (question: Question) => Promise<Response>): Promise<Response> {
  const { id = '' } = desk.params;
  const question = await readQuestion(contextOf(desk), id);
  return question ? use(question) : problemResponse(desk.site, request, 404);
}

async function showQueue(desk: Desk): Promise<Response> {
  const questions = await listQuestions(contextOf(desk), mostListed);
  const rows = await Promise.all(
    questions.map(async (question) => {
      const { id, askedAt, dueAt, answeredAt, erasedAt, title, language, publishedAt } = question;
      const heading = (await clauseOf(desk, question))?.heading ?? null;
      return { id, askedAt, dueAt, answeredAt, erasedAt, about: { title, heading, language }, published: publishedAt !== null };
    }),
  );
  return consoleResponse(desk, consoleQuestions({ questions: rows, newer: null, older: null }, desk.reader));
}

/** The clause as the asker read it, out of exactly that version. */
async function clauseOf(desk: Desk, { documentId, versionNumber, clauseId }: Question) {
  if (clauseId === null) return null;
  const text = await readVersionText(contextOf(desk), documentId, versionNumber);
  const section = text && renderSections(text.toString('utf8')).find(({ clause }) => clause?.id === clauseId);
  return section?.clause ? { id: clauseId, heading: section.clause.text, excerpt: section.body } : null;
}

type State = Pick<ConsoleQuestionView, 'errors' | 'just'> & {
  entered: { answer: string };
  publishing?: { publishedQuestion: string; publishedAnswer: string };
};

async function showQuestion(desk: Desk, request: Request, question: Question): Promise<Response> {
  const just = new URL(request.url).searchParams.get('just');
  return questionPage(desk, question, {
    entered: { answer: '' },
    errors: [],
    just: just === 'answered' || just === 'published' ? just : null,
  });
}

async function questionPage(desk: Desk, question: Question, state: State, status = 200): Promise<Response> {
  const ctx = contextOf(desk);
  const { content, id, askedAt, dueAt, answeredAt, erasedAt, mayPublish, language } = question;
  const published = await readPublication(ctx, question);
  const entry = published && (await entriesOf(ctx.db, [published.eventId])).get(published.eventId);
  const view: ConsoleQuestionView = {
    secondPerson: await eraseStanding(ctx, id),
    id,
    askedAt,
    dueAt,
    answeredAt,
    erasedAt,
    mayPublish,
    content: content && { question: content.question, language, email: content.email },
    policy: { slug: question.slug, title: question.title, language: question.documentLanguage, version: question.versionNumber },
    clause: await clauseOf(desk, question),
    answer: content?.answer ?? null,
    published: published && {
      question: published.question,
      answer: published.answer,
      at: published.at,
      entry: entry?.index ?? null,
    },
    entered: {
      ...(state.publishing ?? { publishedQuestion: content?.question ?? '', publishedAnswer: content?.answer ?? '' }),
      ...state.entered,
    },
    errors: state.errors,
    just: state.just,
  };
  return consoleResponse(desk, consoleQuestion(view, desk.reader), status);
}

async function answer(desk: Desk, question: Question, form: Form): Promise<Response> {
  const text = form.text('answer').replaceAll('\r\n', '\n');
  const done = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => answerQuestion(ctx, { id: question.id, answer: text }));
  if (done.ok) return seeOther(`/${desk.reader.locale}/console/questions/${question.id}?just=answered`);
  if (done.refusal === 'support/question-not-found') throw new Error('a question does not vanish');
  const errors = [questionError(desk.reader.locale, { ...done, refusal: done.refusal })];
  return questionPage(desk, question, { entered: { answer: text }, errors, just: null }, 422);
}

async function publish(desk: Desk, question: Question, form: Form): Promise<Response> {
  const publishing = { publishedQuestion: form.text('publishedQuestion'), publishedAnswer: form.text('publishedAnswer') };
  const input = { id: question.id, question: publishing.publishedQuestion, answer: publishing.publishedAnswer };
  const done = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => publishQuestion(ctx, input));
  if (done.ok) return seeOther(`/${desk.reader.locale}/console/questions/${question.id}?just=published`);
  if (done.refusal === 'support/question-not-found') throw new Error('a question does not vanish');
  const errors = [questionError(desk.reader.locale, { ...done, refusal: done.refusal })];
  return questionPage(desk, question, { entered: { answer: '' }, errors, just: null, publishing }, 422);
}

async function erase(desk: Desk, question: Question, form: Form): Promise<Response> {
  const { locale } = desk.reader;
  if (form.text('confirm') === '') {
    return questionPage(desk, question, { entered: { answer: '' }, errors: [eraseUnconfirmed(locale)], just: null }, 422);
  }
  const done = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => eraseQuestion(ctx, { id: question.id }));
  if (done.ok || done.refusal === 'support/erased') return seeOther(`/${locale}/console/questions/${question.id}`);
  if (done.refusal === 'accounts/second-person-needed')
    return questionPage(desk, question, { entered: { answer: '' }, errors: [], just: null }, 422);
  throw new Error('a question does not vanish');
}

async function askErase(desk: Desk, question: Question, form: Form): Promise<Response> {
  const request = { id: question.id, reason: form.text('reason').replaceAll('\r\n', '\n') };
  const asked = await act(desk.site.ledger, desk.signedIn.actor, (ctx) => askToErase(ctx, request));
  if (asked.ok || asked.refusal === 'support/erased') return seeOther(`/${desk.reader.locale}/console/questions/${question.id}`);
  if (asked.refusal === 'support/question-not-found') throw new Error('a question does not vanish');
  const message = accountsSentence(asked.refusal, asked.facts, desk.reader.locale);
  return questionPage(desk, question, { entered: { answer: '' }, errors: [{ field: 'reason', message }], just: null }, 422);
}
