/** What the pages load; nothing of it is inline, so that the policy can forbid what is. */
export interface PageAsset {
  readonly type: string
  readonly text: string
}

const STYLE = `:root {
  color-scheme: light dark;
  --ink: #1b1b1f; --paper: #ffffff; --page: #f2f3f5; --line: #6b7078; --soft: #4a4f57;
  --act: #0b5cab; --on-act: #ffffff; --bad: #b3261e; --good: #1a6b3a; --note: #fff4ce; --on-note: #3d2e00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #ececf1; --paper: #1d1f23; --page: #121316; --line: #8d939c; --soft: #b9bec7;
    --act: #8ec2ff; --on-act: #06213d; --bad: #ffb4ab; --good: #8fd8a8; --note: #4a3b00; --on-note: #fff1c2;
  }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 28rem; margin: 0 auto; padding: 2rem 1.5rem; background: var(--paper); }
header { max-width: 28rem; margin: 0 auto; padding: 1rem 1.5rem; display: flex;
  justify-content: space-between; align-items: center; gap: 1rem; }
@media (min-width: 32rem) { main { margin: 1rem auto 3rem; border-radius: .5rem; border: 1px solid var(--line); } }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--act); }
.brand { font-weight: 600; }
.hint { color: var(--soft); font-size: .875rem; margin: 0 0 .25rem; }
label { display: block; font-weight: 600; margin: 0 0 .25rem; }
.field { margin: 0 0 1.25rem; }
input { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--line); border-radius: .25rem; }
input[aria-invalid] { border: 2px solid var(--bad); }
button { width: 100%; min-height: 2.75rem; margin: 0 0 .75rem; padding: .5rem 1rem; font: inherit;
  font-weight: 600; border-radius: .25rem; border: 1px solid var(--act); cursor: pointer;
  background: var(--act); color: var(--on-act); }
button.second { background: transparent; color: var(--act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.problem { border: 2px solid var(--bad); border-radius: .25rem; padding: .75rem 1rem; margin: 0 0 1.5rem; }
.problem h2 { margin: 0 0 .25rem; color: var(--bad); }
.problem p, .done p { margin: 0; }
.done { border: 2px solid var(--good); border-radius: .25rem; padding: .75rem 1rem; margin: 0 0 1.5rem; }
.warning { background: var(--note); color: var(--on-note); border-radius: .25rem; padding: .75rem 1rem; }
dl { margin: 0 0 1rem; } dt { color: var(--soft); font-size: .875rem; } dd { margin: 0 0 .5rem; font-weight: 600; overflow-wrap: anywhere; }
ul { padding: 0; margin: 0 0 1rem; list-style: none; } li { margin: 0 0 .5rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; }
.code input { text-transform: uppercase; letter-spacing: .15em; }
[hidden] { display: none; }
`

const PASSKEY = `'use strict';
(() => {
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseCreationOptionsFromJSON) return;
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const { passkey, options } = form.dataset;
    const failed = document.getElementById(form.dataset.failed);
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      if (form.elements.passkey.value !== '') return;
      event.preventDefault();
      failed.hidden = true;
      try {
        const json = JSON.parse(options);
        const credential = passkey === 'create'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) });
        form.elements.passkey.value = JSON.stringify(credential.toJSON());
        form.submit();
      } catch {
        failed.hidden = false;
        failed.focus();
      }
    });
  }
  for (const one of document.querySelectorAll('[data-without-passkey]')) one.hidden = true;
})();
`

const RETURN = `'use strict';
document.forms[0].submit();
`

/** By the last part of their paths. */
export const PAGE_ASSETS: ReadonlyMap<string, PageAsset> = new Map([
  ['style.css', { type: 'text/css; charset=utf-8', text: STYLE }],
  ['passkey.js', { type: 'text/javascript; charset=utf-8', text: PASSKEY }],
  ['return.js', { type: 'text/javascript; charset=utf-8', text: RETURN }],
])

/** Where they are. */
export const ASSETS = '/sign-in'
