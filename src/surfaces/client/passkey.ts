// Asks the device for a passkey and sends its answer as an ordinary form. Pages say without it that passkeys need it.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) prepare(form);

function prepare(form: HTMLFormElement): void {
  // Browsers from before 2025 have passkeys without these two; there the sentence stays, and the other ways.
  if (typeof PublicKeyCredential === 'undefined' || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) return;
  form.parentElement?.querySelector('[data-passkey-plain]')?.remove();
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const field = form.querySelector<HTMLInputElement>('input[name=response]');
  const button = form.querySelector('button');
  const failed = form.querySelector<HTMLElement>('[data-passkey-failed]');
  if (!field || !button || !failed) return;
  button.disabled = true;
  failed.textContent = '';
  try {
    const response = await fetch(form.dataset['options'] ?? '', { cache: 'no-store', redirect: 'manual' });
    // Signed out, or asked to prove again first: sent without an answer, the form leads there.
    field.value = response.ok ? JSON.stringify(await ask(form.dataset['passkey'] === 'create', await response.json())) : '';
    form.submit();
  } catch {
    failed.textContent = failed.dataset['passkeyFailed'] ?? '';
    button.disabled = false;
  }
}

type Options = PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;

function ask(create: boolean, options: Options): Promise<Credential | null> {
  return create
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}
