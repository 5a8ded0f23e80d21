import type { HistoryRefusal } from '#policies';

type Facts = Readonly<Record<string, string | number>>;

const sentences = {
  'import/git-missing': () => 'The program git was not found. Install it (for example: apt-get install git), then try again.',
  'import/not-a-repository': ({ directory }) =>
    `${directory} is not the top folder of a git repository. Name the folder that holds .git, or a bare repository.`,
  'import/shallow': () => 'This clone has only the newest commits. Fetch the rest first: git fetch --unshallow',
  'import/no-history': () => 'This repository has no commit to read, or several branches and none checked out. Check one out.',
  'import/path-not-found': ({ path }) =>
    path === '*.md'
      ? 'No Markdown file was found at the top or one folder deep. Name the files with --path.'
      : `“${path}” occurs nowhere in the history. Write it as git does, from the top folder, with “/”.`,
  'import/same-slug': ({ slug, path, other }) =>
    `${path} and ${other} would both become “${slug}”. Give one another name: --map ${path}=OTHER-NAME`,
  'import/incomplete': ({ path, commit }) =>
    `The repository lacks the content of ${path} at ${String(commit).slice(0, 12)} (a partial clone). Clone it whole.`,
} as const satisfies Record<HistoryRefusal, (facts: Facts) => string>;

export function historySentence(refusal: HistoryRefusal, facts: Facts): string {
  return `${sentences[refusal](facts)} Nothing was imported.`;
}
