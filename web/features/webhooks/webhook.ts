import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';

/** The wire of api/routes/webhooks.ts. */
export interface Webhook {
  id: string;
  url: string;
  description: string;
  events: string[];
  enabled: boolean;
  createdAt: string;
  waiting: number;
  failed: number;
  secret?: string;
}

export interface Delivery {
  id: string;
  event: string;
  type: string;
  status: 'queued' | 'delivered' | 'failed';
  attempts: number;
  answer: string | null;
  createdAt: string;
  nextAt: string | null;
  deliveredAt: string | null;
}

export const WEBHOOKS = ['webhooks'];

interface WebhookAct {
  method: 'POST' | 'PATCH' | 'DELETE';
  /** Below `/webhooks`. */
  path: string;
  body?: unknown;
}

/** One act on an endpoint, under one key however often it has to be repeated. */
export function useWebhookAct<T>(done?: (answer: T) => void) {
  const queries = useQueryClient();
  const intent = useIntent();
  return useMutation<T, Error, WebhookAct>({
    mutationFn: (act) =>
      intent(act, (key) => {
        const { method, path, body } = act;
        return request<T>(`/webhooks${path}`, { method, key, ...(body === undefined ? {} : { body }) });
      }),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: WEBHOOKS });
      done?.(answer);
    },
  });
}
