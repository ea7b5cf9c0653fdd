import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { agreementPath, request } from '../../api.ts';
import type { ActAnswer } from '../../wire.ts';
import { fileFingerprint, useIntent } from '../../app/intent.ts';
import { agreementKey } from './agreement-queries.ts';

export interface Act {
  /** Below the agreement: `/signatures`, `/termination` … */
  path: string;
  /** Texts and lists of texts where files come along; else whatever JSON has. */
  fields: Record<string, unknown>;
  files?: { field: string; files: File[] };
}

function formOf({ fields, files }: Act): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) form.append(name, String(one));
  }
  for (const file of files?.files ?? []) form.append(files?.field ?? 'file', file, file.name);
  return form;
}

/** One act on an agreement: sent under one key however often it has to be repeated, with the upload's progress. */
export function useAct(agreementId: string, done: (answer: ActAnswer) => void) {
  const queries = useQueryClient();
  const intent = useIntent();
  const [progress, setProgress] = useState<number | null>(null);
  const mutation = useMutation<ActAnswer, Error, Act>({
    mutationFn: (act) =>
      intent([act.path, act.fields, act.files?.files.map(fileFingerprint) ?? []], (key) => {
        const path = `${agreementPath(agreementId)}${act.path}`;
        if (!act.files?.files.length) {
          const body = Object.fromEntries(Object.entries(act.fields).filter(([, value]) => value !== undefined));
          return request<ActAnswer>(path, { method: 'POST', key, body });
        }
        setProgress(0);
        return request<ActAnswer>(path, { method: 'POST', key, form: formOf(act), onProgress: setProgress });
      }),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: agreementKey(agreementId) });
      void queries.invalidateQueries({ queryKey: ['agreements'] });
      done(answer);
    },
    onSettled: () => setProgress(null),
  });
  return { ...mutation, progress };
}
