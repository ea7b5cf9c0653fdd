import { Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer } from '../../wire.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from '../agreement/act.ts';
import type { Capacity } from '../process/capacity.ts';
import type { Survey, SurveyAct } from './survey.ts';
import './surveys.css';

/** What each act on a cycle is given. */
export interface ActProps {
  agreementId: string;
  survey: Survey;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}

/** Names of the acts as the record has them. */
export const ACT_WORD: Record<SurveyAct, string> = {
  design: 'act.designSurvey',
  approve: 'act.approveQuestionnaire',
  'propose-date': 'act.proposeSurveyDate',
  'accept-date': 'act.acceptSurveyDate',
  draw: 'act.drawSample',
  publish: 'act.publishSurvey',
  close: 'act.closeSurvey',
  'set-weights': 'act.setSurveyWeights',
  raise: 'act.raiseSurveyFinding',
  release: 'act.releaseSurveyReport',
};

const ALONE: Capacity = { as: 'coordinator', onBehalfOf: null };

/** An act's dialog: in which capacity, what it needs, why it was refused. It stays as it is until it has been done. */
export function ActModal({
  agreementId,
  survey,
  act: which,
  close,
  done,
  fields,
  files,
  width,
  danger,
  children,
}: ActProps & {
  act: SurveyAct;
  /** What is sent; null where something is missing, which the dialog shows. */
  fields: () => Record<string, unknown> | null;
  files?: () => Promise<File[]>;
  width?: number;
  danger?: boolean;
  children?: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const capacities = survey.as[which] ?? [ALONE];
  const [chosen, setChosen] = useState(0);
  const [fileProblem, setFileProblem] = useState<unknown>(null);
  const act = useAct(agreementId, (answer) => {
    done(answer, t(ACT_WORD[which]));
    close();
  });
  const capacityText = ({ as, onBehalfOf }: Capacity): string =>
    onBehalfOf === null
      ? t('surveys.actingAs', { who: role(as) })
      : t('surveys.onBehalfOf', { who: role(as), whom: role(onBehalfOf) });

  const send = async (): Promise<void> => {
    const said = fields();
    if (said === null) return;
    const { as, onBehalfOf } = capacities[chosen] ?? ALONE;
    setFileProblem(null);
    try {
      const brought = files ? await files() : [];
      act.mutate({
        path: `/surveys/${encodeURIComponent(survey.id)}/${which}`,
        fields: { as, onBehalfOf: onBehalfOf ?? undefined, ...said },
        ...(brought.length > 0 ? { files: { field: 'file', files: brought } } : {}),
      });
    } catch (error) {
      setFileProblem(error);
    }
  };

  return (
    <Modal
      open
      title={t(ACT_WORD[which])}
      okText={t(ACT_WORD[which])}
      okButtonProps={{ danger: danger === true }}
      onOk={() => void send()}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
      {...(width === undefined ? {} : { width: `min(${String(width)}px, 100%)` })}
    >
      <div className="stack act">
        {capacities.length > 1 ? (
          <label className="stack" style={{ gap: 4 }}>
            {t('surveys.capacity')}
            <Select<number>
              aria-label={t('surveys.capacity')}
              value={chosen}
              onChange={setChosen}
              options={capacities.map((one, index) => ({ value: index, label: capacityText(one) }))}
            />
          </label>
        ) : (
          <div className="muted small">{capacityText(capacities[0] ?? ALONE)}</div>
        )}
        {children}
        <ProblemAlert error={act.error ?? fileProblem} />
      </div>
    </Modal>
  );
}
