import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { isoInZone } from '../../app/moment.ts';
import type { Agreement } from '../../wire.ts';
import { ActDialog } from '../process/act-dialog.tsx';
import { CASE_CHANNELS, CASE_PRIORITIES, CASE_SEVERITIES, CASE_TYPES, type CaseList } from './case.ts';

/** Writes down what a customer reported; or makes a case of an opinion that came in unasked. */
export function OpenDialog({
  agreement,
  list: { rules, may },
  from,
  close,
  done,
}: {
  agreement: Agreement;
  list: CaseList;
  from?: { feedback: string; text: string };
  close: () => void;
  done: (id: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const types = CASE_TYPES.filter((type) => rules.some((rule) => rule.types.includes(type)));
  const named = rules.flatMap(({ channels }) => channels);
  const channels = CASE_CHANNELS.filter((one) => named.length === 0 || named.includes(one));
  const categories = rules.flatMap((rule) => rule.categories);
  const choice = <T extends string>(values: readonly T[], label: (value: T) => string) =>
    values.map((value) => ({ value, label: label(value) }));
  return (
    <ActDialog
      agreementId={agreement.id}
      close={close}
      done={(answer) => done((answer as unknown as { id: string }).id)}
      form={{
        path: '/cases',
        title: t(from ? 'cases.fromFeedback' : 'cases.open'),
        explained: from ? from.text : t('cases.openExplained'),
        capacities: may.open,
        fields: [
          {
            name: 'type',
            label: t('cases.type'),
            type: 'select',
            required: true,
            initial: types[0] ?? null,
            options: choice(types, (type) => t(`caseType.${type}`)),
          },
          {
            name: 'channel',
            label: t('cases.channel'),
            type: 'select',
            required: true,
            initial: from && channels.includes('online') ? 'online' : (channels[0] ?? null),
            options: choice(channels, (one) => t(`caseChannel.${one}`)),
          },
          { name: 'topic', label: t('cases.topic'), type: 'text', required: true },
          ...(from ? [] : [{ name: 'details', label: t('cases.details'), type: 'area' as const, max: 20_000 }]),
          { name: 'customer', label: t('cases.customer'), type: 'customer', help: t('cases.customerHelp') },
          ...(from
            ? []
            : [
                { name: 'name', label: t('cases.callerName'), type: 'text' as const },
                { name: 'phone', label: t('cases.phone'), type: 'text' as const },
                { name: 'email', label: t('cases.email'), type: 'text' as const, help: t('cases.emailHelp') },
              ]),
          {
            name: 'severity',
            label: t('cases.severity'),
            type: 'select',
            required: true,
            initial: 'normal',
            options: choice(CASE_SEVERITIES, (one) => t(`caseSeverity.${one}`)),
          },
          {
            name: 'priority',
            label: t('cases.priority'),
            type: 'select',
            required: true,
            initial: 'normal',
            options: choice(CASE_PRIORITIES, (one) => t(`casePriority.${one}`)),
          },
          ...(categories.length === 0
            ? []
            : [
                {
                  name: 'category',
                  label: t('cases.category'),
                  type: 'select' as const,
                  options: categories.map(({ id, title }) => ({ value: id, label: format.text(title) })),
                },
              ]),
          ...(from
            ? []
            : [
                {
                  name: 'receivedAt',
                  label: t('cases.receivedAt'),
                  type: 'datetime' as const,
                  help: t('cases.receivedAtHelp'),
                },
              ]),
        ],
        toFields: ({ receivedAt, ...said }) => ({
          ...said,
          ...(from ? { feedback: from.feedback } : {}),
          ...(typeof receivedAt === 'string' ? { receivedAt: isoInZone(receivedAt, agreement.zone) } : {}),
        }),
      }}
    />
  );
}
