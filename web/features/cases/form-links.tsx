import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { Section } from '../life/section.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import type { Capacity } from '../process/capacity.ts';

interface FormLink {
  id: string;
  label: string;
  createdAt: string;
  revokedAt: string | null;
}

/** Links to the form that were handed out, and withdrawing them. */
export function FormLinks({ agreement, capacities }: { agreement: Agreement; capacities: Capacity[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [revoking, setRevoking] = useState<FormLink | null>(null);
  const links = useQuery({
    queryKey: [...agreementKey(agreement.id), 'case-form-links'],
    queryFn: ({ signal }) =>
      request<{ items: FormLink[] }>(`${agreementPath(agreement.id)}/case-form-links`, { signal }),
  });
  if (!links.data || links.data.items.length === 0) return null;
  return (
    <Section title={t('cases.links')}>
      <ul className="plain-list">
        {links.data.items.map((link) => (
          <li key={link.id}>
            <span className="break">{link.label}</span>{' '}
            <span className="muted small">
              {t('cases.linkMade', { at: format.instant(link.createdAt, agreement.zone) })}
            </span>{' '}
            {link.revokedAt ? (
              <span className="muted small">
                {t('cases.linkRevoked', { at: format.instant(link.revokedAt, agreement.zone) })}
              </span>
            ) : (
              <Button
                size="small"
                aria-label={t('cases.revokeNamed', { label: link.label })}
                onClick={() => setRevoking(link)}
              >
                {t('cases.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {revoking ? (
        <ActDialog
          agreementId={agreement.id}
          close={() => setRevoking(null)}
          done={() => undefined}
          form={{
            path: `/case-form-links/${revoking.id}/revocation`,
            title: t('cases.revokeNamed', { label: revoking.label }),
            button: t('cases.revoke'),
            explained: t('cases.revokeExplained'),
            capacities,
            fields: [],
            danger: true,
          }}
        />
      ) : null}
    </Section>
  );
}
