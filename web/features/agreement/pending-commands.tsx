import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import type { ActAnswer, CommandOutcome } from '../../wire.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { agreementKey } from './agreement-queries.ts';

interface PendingCommand {
  location: string;
  what: string;
}

const storageKey = (agreementId: string): string => `abide.pending.${agreementId}`;

function stored(agreementId: string): PendingCommand[] {
  const text = window.sessionStorage.getItem(storageKey(agreementId));
  return text === null ? [] : (JSON.parse(text) as PendingCommand[]);
}

interface PendingCommands {
  pending: PendingCommand[];
  /** Takes what became of an act: says that it was done, or watches it until it is answered. */
  done: (answer: ActAnswer, what: string) => void;
  forget: (location: string) => void;
}

/** The acts of this tab that were recorded and are not answered yet; they survive a reload. */
export function usePendingCommands(agreementId: string): PendingCommands {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [pending, setPending] = useState(() => stored(agreementId));
  useEffect(() => {
    if (pending.length === 0) window.sessionStorage.removeItem(storageKey(agreementId));
    else window.sessionStorage.setItem(storageKey(agreementId), JSON.stringify(pending));
  }, [agreementId, pending]);
  return {
    pending,
    done: ({ status, location, command }, what) => {
      if (status !== 'pending') {
        void message.success(t('pending.applied', { what }));
        return;
      }
      const at = location ?? (command === undefined ? undefined : `/api/commands/${command}`);
      if (at !== undefined) setPending((before) => [...before, { location: at, what }]);
    },
    forget: (location) => setPending((before) => before.filter((one) => one.location !== location)),
  };
}

/** Every act on its way. */
export function PendingCommandAlerts({
  agreementId,
  commands,
}: {
  agreementId: string;
  commands: PendingCommands;
}): ReactNode {
  return commands.pending.map((pending) => (
    <PendingCommandAlert
      key={pending.location}
      agreementId={agreementId}
      pending={pending}
      forget={() => commands.forget(pending.location)}
    />
  ));
}

/** One act on its way: asks for the outcome until there is one, then says it; a refusal stays until it is closed. */
function PendingCommandAlert({
  agreementId,
  pending,
  forget,
}: {
  agreementId: string;
  pending: PendingCommand;
  forget: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const outcome = useQuery({
    queryKey: ['command', pending.location],
    queryFn: ({ signal }) => request<CommandOutcome>(pending.location, { signal }),
    refetchInterval: (query) => (query.state.data && query.state.data.status !== 'pending' ? false : 1_500),
  });
  const status = outcome.data?.status;
  useEffect(() => {
    if (status === 'applied' || status === 'refused') {
      void queries.invalidateQueries({ queryKey: agreementKey(agreementId) });
    }
  }, [status, queries, agreementId]);
  const { what } = pending;
  useEffect(() => {
    if (status !== 'applied') return;
    void message.success(t('pending.applied', { what }));
    forget();
    // What forgets it is another function each time; it is said once.
  }, [status]);

  if (outcome.error && !outcome.data) return <ProblemAlert error={outcome.error} />;
  if (status === 'refused') {
    return (
      <Alert
        type="error"
        showIcon
        closable={{ onClose: forget }}
        title={t('pending.refused', { what: pending.what })}
        description={outcome.data?.message ?? outcome.data?.code}
      />
    );
  }
  if (status === 'pending' || status === undefined) {
    return (
      <Alert
        type="info"
        showIcon
        role="status"
        title={t('pending.recorded', { what: pending.what })}
        description={t('pending.explained')}
      />
    );
  }
  return null;
}
