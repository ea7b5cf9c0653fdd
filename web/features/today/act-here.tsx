import { useQueryClient } from '@tanstack/react-query';
import { Spin } from 'antd';
import { type ReactNode, useEffect } from 'react';
import type { ActAnswer } from '../../wire.ts';
import { SeatTitles } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAgreement } from '../agreement/agreement-queries.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { ReviewDialog } from '../agreement/review-dialog.tsx';
import { SignDialog } from '../agreement/sign-dialog.tsx';
import { SubmitDialog } from '../agreement/submit-dialog.tsx';
import { TODAY, type TodayItem } from './today.ts';

/** The dialog of an act on one agreement, and what became of acts on it since the page was opened. */
export function ActHere({
  agreementId,
  item,
  close,
  watch,
}: {
  agreementId: string;
  /** What is being done; null: nothing just now. */
  item: TodayItem | null;
  close: () => void;
  /** Told whether an act on this agreement is on its way. */
  watch: (agreementId: string, isOnItsWay: boolean) => void;
}): ReactNode {
  const queries = useQueryClient();
  const commands = usePendingCommands(agreementId);
  const isOnItsWay = commands.pending.length > 0;
  useEffect(() => {
    watch(agreementId, isOnItsWay);
    if (!isOnItsWay) void queries.invalidateQueries({ queryKey: TODAY });
  }, [agreementId, isOnItsWay, watch, queries]);
  return (
    <>
      <PendingCommandAlerts agreementId={agreementId} commands={commands} />
      {item ? (
        <Dialog
          agreementId={agreementId}
          item={item}
          close={close}
          done={(answer, what) => {
            commands.done(answer, what);
            void queries.invalidateQueries({ queryKey: TODAY });
          }}
        />
      ) : null}
    </>
  );
}

function Dialog({
  agreementId,
  item: { act, about },
  close,
  done,
}: {
  agreementId: string;
  item: TodayItem;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { data: agreement, error, refetch } = useAgreement(agreementId);
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (!agreement) return <Spin fullscreen />;
  const [id, occurrence] = (about ?? '').split('#');
  const obligation = agreement.obligations.find((one) => one.id === id && one.occurrence === occurrence);
  const common = { agreement, close, done };
  return (
    <SeatTitles value={agreement.seatTitles}>
      {act === 'sign' ? <SignDialog {...common} /> : null}
      {act === 'review' && obligation ? <ReviewDialog {...common} obligation={obligation} /> : null}
      {(act === 'submit' || act === 'rework') && obligation ? (
        <SubmitDialog {...common} obligation={obligation} />
      ) : null}
    </SeatTitles>
  );
}
