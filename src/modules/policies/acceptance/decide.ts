import type { Context } from '#kernel/context';
import { type Outcome, done, refuse } from '#kernel/outcome';
import { decisionsOf, type DecisionRow, lockAcceptor } from './acceptor.ts';
import { askedDocuments } from './asked-documents.ts';
import { wordingHash } from './asking-words.ts';
import { foldDecisions } from './fold-decisions.ts';
import { readQuestion } from './read-asking.ts';
import { recordDecision } from './record-decision.ts';

/** What the person had before them when they decided. */
export type Shown = {
  readonly version: number;
  /** SHA-256 of the exact bytes of the text, in hexadecimal. */
  readonly textHash: string;
  readonly language: string;
};

/** The words that asked: those of our own page, by their hash and the language they were shown in, or those of the organisation's form. */
export type Words =
  | { readonly hash: string; readonly locale: string; readonly organisation: string }
  | { readonly written: string };

export type Deciding = {
  readonly accountId: string;
  readonly document: { readonly slug: string } | { readonly id: string };
  readonly kind: 'accepted' | 'refused';
  readonly shown: Shown;
  readonly words: Words;
  /** How many entries about this document the page knew of; `null` for a form that does not show them. */
  readonly after: number | null;
  readonly surface: 'portal' | 'link' | 'api';
  readonly programId: string | null;
};

export type DecideRefusal =
  | 'policies/policy-not-found'
  | 'policies/acceptance-not-asked'
  | 'policies/version-not-in-force'
  | 'policies/text-differs'
  | 'policies/language-differs'
  | 'policies/words-differ'
  | 'policies/decided-meanwhile'
  | 'policies/person-erased';

/**
 * Accepts or refuses what is in force, bound to the bytes that were shown. Saying the same twice is one entry. The caller has asked who
 * acts. Nothing is recorded about any other version, text or wording than those that stand now.
 */
export async function decide(ctx: Context, deciding: Deciding): Promise<Outcome<DecisionRow, DecideRefusal>> {
  const { accountId, kind, shown, words, surface, programId } = deciding;
  const [document] = await askedDocuments(ctx, deciding.document);
  if (!document?.isPublic) return refuse('policies/policy-not-found');
  if (!document.rule.asked) return refuse('policies/acceptance-not-asked');
  if (document.language !== shown.language) return refuse('policies/language-differs', { language: document.language });
  const subjectId = await lockAcceptor(ctx, accountId);
  if (subjectId === null) return refuse('policies/person-erased');
  const decisions = await decisionsOf(ctx, subjectId, document.id);
  const about = 'written' in words ? { organisation: '', locale: document.language } : words;
  const question = await readQuestion(ctx, document, decisions, about);
  if (question?.version.number !== shown.version)
    return refuse('policies/version-not-in-force', { version: question?.version.number ?? 0 });
  if (question.textHash.toString('hex') !== shown.textHash) return refuse('policies/text-differs');
  if ('hash' in words && question.wordingHash.toString('hex') !== words.hash) return refuse('policies/words-differ');
  const { last } = foldDecisions(decisions);
  const asked = 'written' in words ? [words.written] : question.words;
  // Pressed twice, or sent again: it stands already.
  if (last?.kind === kind && last.version === shown.version) return done(last);
  if (deciding.after !== null && deciding.after !== (last?.n ?? 0)) return refuse('policies/decided-meanwhile');
  return done(
    await recordDecision(ctx, {
      accountId,
      subjectId,
      document,
      kind,
      version: shown.version,
      language: document.language,
      textHash: question.textHash,
      wordingHash: wordingHash(asked),
      words: asked.join('\n\n'),
      surface,
      programId,
      last: last?.n ?? 0,
    }),
  );
}
