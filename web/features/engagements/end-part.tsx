import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Section } from '../life/section.tsx';
import { Facts, type PartProps, useNames } from './part.tsx';

/** How it is being ended, and what remains to be settled and handed over. */
export function EndPart({ engagement, actions }: PartProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { ending, endGround, endedOn, items, rules } = engagement;
  const buttons = actions('end');
  const isSilent = !ending && !endedOn && Array.isArray(buttons) && buttons.length === 0;
  if (isSilent) return null;
  return (
    <Section title={t('engagements.end')} clauses={rules.end?.clauses ?? []} actions={buttons}>
      {ending || endedOn ? null : <p className="muted none-yet">{t('engagements.endHow')}</p>}
      <Facts
        facts={[
          [
            t('engagements.ground'),
            (endGround ?? ending?.ground) ? t(`engagementGround.${endGround ?? ending?.ground ?? ''}`) : '',
          ],
          [t('engagements.wishedBy'), ending ? format.text(ending.by.title) : ''],
          [t('engagements.reason'), ending?.reason ?? ''],
          [t('engagements.agreedBy'), ending ? names(ending.agreedBy) : ''],
          [
            t('engagements.endWaitsFor'),
            ending && !endedOn && ending.waitsFor.length > 0 ? names(ending.waitsFor) : '',
          ],
          [t('engagements.endedOn'), endedOn ? format.date(endedOn) : ''],
        ]}
      />
      {items.length > 0 ? (
        <>
          <p className="muted none-yet">{t('engagements.remains')}</p>
          <Facts
            facts={items.map(({ title, by, waitsFor }): [string, string] => [
              format.text(title),
              waitsFor.length === 0
                ? t('engagements.settled')
                : [
                    by.length > 0 ? t('engagements.settledBy', { who: names(by) }) : '',
                    t('engagements.waitsFor', { who: names(waitsFor) }),
                  ]
                    .filter(Boolean)
                    .join(' · '),
            ])}
          />
        </>
      ) : null}
    </Section>
  );
}
