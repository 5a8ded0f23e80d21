// Saves a draft some seconds after typing stops. Without it the buttons save, as they do with it.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) watch(form);

/** Long enough that a pause in a sentence does not save, short enough that little is lost with the machine. */
const quiet = 4_000;

function watch(form: HTMLFormElement): void {
  const status = form.querySelector<HTMLElement>('[data-autosave-status]');
  const revision = form.querySelector<HTMLInputElement>('input[name=revision]');
  if (!status || !revision) return;
  let timer = 0;
  let unsaved = false;
  let stopped = false;
  let sending: Promise<void> | null = null;

  // The same sentence again would be read aloud again.
  const say = (words = '') => {
    if (status.textContent !== words) status.textContent = words;
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      sending ??= save().finally(() => {
        sending = null;
        if (unsaved && !stopped) later();
      });
    }, quiet);
  };
  const save = async () => {
    const sent = new FormData(form);
    for (const file of form.querySelectorAll<HTMLInputElement>('input[type=file]')) sent.delete(file.name);
    sent.set('act', 'autosave');
    unsaved = false;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: sent, redirect: 'manual' });
      // Only the sign-in page is led to.
      if (answer.type === 'opaqueredirect') throw new Error('signed out');
      const { says, revision: next }: { says: string; revision?: number } = await answer.json();
      say(says);
      if (next !== undefined) revision.value = String(next);
      // Somebody else saved, or it cannot be saved as it is: what happens next is this person's to decide.
      else [unsaved, stopped] = [true, true];
    } catch (error) {
      unsaved = true;
      const signedOut = error instanceof Error && error.message === 'signed out';
      say(status.dataset[signedOut ? 'signedOut' : 'failed']);
    }
  };

  form.addEventListener('input', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') return;
    unsaved = true;
    if (!stopped) later();
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    stopped = true;
    if (!sending) {
      unsaved = false;
      return;
    }
    // What is being saved has another revision when it is: the form would meet itself as somebody else.
    event.preventDefault();
    void sending.then(() => form.requestSubmit(event.submitter));
  });
  window.addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });
}
