import type { StartForm } from './start-form.ts';

const storageKey = (draftId: string | null): string => `abide.start-3.${draftId ?? 'new'}`;

export function keepForm(under: string | null, form: StartForm): void {
  window.sessionStorage.setItem(storageKey(under), JSON.stringify(form));
}

export function keptForm(under: string | null): StartForm | null {
  const text = window.sessionStorage.getItem(storageKey(under));
  return text === null ? null : (JSON.parse(text) as StartForm);
}

export function forgetForm(under: string | null): void {
  window.sessionStorage.removeItem(storageKey(under));
}
