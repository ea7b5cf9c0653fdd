import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import type { Life } from './life.ts';

/** Who consented to it, and when: the second mind of a waiver, the other side of a pause. */
export function Consents({ agreement, life, what }: { agreement: Agreement; life: Life; what: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return life.effect.approvals
    .filter((one) => one.what === what)
    .map(({ title, by, at, person }) => (
      <div key={`${by.seat} ${at}`} className="muted small">
        {t('life.approved', { what: format.text(title), who: person ?? format.text(by.title) })}
        {' · '}
        {format.instant(at, agreement.zone)}
      </div>
    ));
}
