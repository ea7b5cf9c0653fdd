import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BulkDialog } from './bulk-dialog.tsx';
import { BULK_ACTS, type BulkAct, type ListedAgreement, MOST_CHOSEN } from './bulk.ts';
import { useExport } from './use-export.ts';

/** Ids that an address has room for. */
const MOST_IDS = 200;

/** What can be done to the agreements that are chosen. */
export function BulkBar({ chosen, leave }: { chosen: ListedAgreement[]; leave: () => void }): ReactNode {
  const { t } = useTranslation();
  const [act, setAct] = useState<BulkAct | null>(null);
  const { take, isPending } = useExport();
  const ids = chosen.map(({ id }) => id);
  return (
    <div className="bulk-bar" role="region" aria-label={t('bulk.bar')}>
      <strong>{t('bulk.chosen', { count: chosen.length })}</strong>
      {chosen.length >= MOST_CHOSEN ? (
        <span className="muted small">{t('bulk.most', { count: MOST_CHOSEN })}</span>
      ) : null}
      <div className="actions">
        {BULK_ACTS.map((one) => (
          <Button key={one} size="small" danger={one === 'delete-drafts'} onClick={() => setAct(one)}>
            {t(`bulkAct.${one}`)}
          </Button>
        ))}
        <Button
          size="small"
          loading={isPending}
          disabled={chosen.length > MOST_IDS}
          title={chosen.length > MOST_IDS ? t('bulk.exportMost', { count: MOST_IDS }) : undefined}
          onClick={() => take({ ids: ids.join(',') }, 'xlsx')}
        >
          {t('bulk.exportChosen')}
        </Button>
        <Button size="small" type="text" onClick={leave}>
          {t('bulk.leave')}
        </Button>
      </div>
      {act ? <BulkDialog key={act} act={act} ids={ids} close={() => setAct(null)} /> : null}
    </div>
  );
}
