import './tables.ts';
export { type AnswerRefusal, answerQuestion } from './answer-question.ts';
export { askFor, type AskForRefusal } from './ask-for.ts';
export { askQuestion, type AskRefusal } from './ask-question.ts';
export { longestQuestion } from './place-question.ts';
export { takeReceiptAllowance } from './receipt-allowance.ts';
export { replyState } from './clock/reply-state.ts';
export { claimQuestion } from './claim-question.ts';
export { countQuestions, type QuestionCount, readLiveCount, readStatedCount } from './count-questions.ts';
export { type ErasedBy, eraseQuestion, type EraseRefusal } from './erase-question.ts';
export { supportRoutes } from './routes.ts';
export { supportLeafFields } from './events.ts';
export { publishQuestion, type PublishQuestionRefusal } from './publish-question.ts';
export {
  listOwnQuestions,
  ownQuestionIds,
  listPublished,
  listQuestions,
  type PublishedQuestionRow,
  type Question,
  readByReceipt,
  readPublication,
  readQuestion,
  type Receipt,
} from './read-questions.ts';
export { loadReplyPromise, replyDue } from './load-reply-promise.ts';
export { type ReplyPromise, ReplyPromiseClaim } from './reply-promise.tsx';
export { trustAsk, type AskView } from './trust-ask.tsx';
export { trustQuestions } from './trust-questions.tsx';
export { type SupportRefusal, supportSentence } from './refusals.ts';
export { eraseUnconfirmed, questionError } from './console-errors.ts';
export { type ConsoleQuestionView, consoleQuestion } from './console-question.tsx';
export { consoleQuestions } from './console-questions.tsx';
export { portalEnter, type PortalEnterView } from './portal-enter.tsx';
export { portalErased } from './portal-erased.tsx';
export { portalReceipt } from './portal-receipt.tsx';
export { seedQuestions } from './seed.ts';
export { type QuestionQueueView, type QueuedQuestion } from './console-questions.tsx';
export { type PortalErasedView } from './portal-erased.tsx';
export { type PortalReceiptView } from './portal-receipt.tsx';
export { type QuestionsView } from './trust-questions.tsx';
export { type AskForView, portalAskFor } from './portal-ask-for.tsx';
export { portalOwnQuestions, type OwnQuestionsView } from './portal-own-questions.tsx';
export { askToErase, eraseStanding } from './ask-to-erase.ts';
