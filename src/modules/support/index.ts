import './tables.ts';
export { type AnswerRefusal, answerQuestion } from './answer-question.ts';
export { askQuestion, type AskRefusal, longestQuestion, shortestQuestion } from './ask-question.ts';
export { replyState } from './clock/reply-deadline.ts';
export { countQuestions, type QuestionCount, readLiveCount, readStatedCount } from './count-questions.ts';
export { eraseQuestion, type EraseRefusal } from './erase-question.ts';
export { supportLeafFields } from './events.ts';
export { publishQuestion, type PublishQuestionRefusal } from './publish-question.ts';
export { listPublished, listQuestions, type PublishedQuestionRow, type Question, readByReceipt, readQuestion } from './read-questions.ts';
