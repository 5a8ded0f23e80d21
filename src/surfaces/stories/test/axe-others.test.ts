import { walkStories } from './walk-stories.ts';
// Drives a browser through playwright: the runner reads that word and sees to it that there is one.

walkStories(({ name }) => !name.startsWith('console'));
