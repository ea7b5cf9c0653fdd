import type { Format } from '../../app/format.ts';
import type { Field } from '../process/act-dialog.tsx';
import type { EngagementRules } from './engagement.ts';

interface Words {
  t: (key: string) => string;
  format: Format;
  /** Another round: who it is about is known. */
  again: boolean;
  /** Who fills the agreement's own seat of a third party. */
  seatedThird?: string | null;
}

/** What an application asks for, as its contract demands it. */
export function applicationFields(
  { application, scopes }: EngagementRules,
  { t, format, again, seatedThird = null }: Words,
): Field[] {
  const demands = application?.demands ?? [];
  const text = (name: string, label: string, required: boolean, help?: string): Field => ({
    ...{ name, label: t(`engagements.${label}`), type: 'text' as const, required },
    ...(help === undefined ? {} : { help }),
  });
  const isNew: Pick<Field, 'when'> = seatedThird === null ? {} : { when: ({ who }) => who === 'new' };
  const who: Field[] = again
    ? []
    : [
        ...(seatedThird === null
          ? []
          : [
              {
                name: 'who',
                label: t('engagements.thirdParty'),
                type: 'select' as const,
                required: true,
                initial: 'seated',
                options: [
                  { value: 'seated', label: seatedThird },
                  { value: 'new', label: t('engagements.anotherThird') },
                ],
              },
            ]),
        { ...text('thirdParty.name', 'organisation', true), ...isNew },
        {
          name: 'thirdParty.kind',
          label: t('engagements.organisationKind'),
          type: 'select',
          required: true,
          options: ['legal-person', 'other-organisation'].map((value) => ({
            value,
            label: t(`organisationKind.${value}`),
          })),
          ...isNew,
        },
        { ...text('thirdParty.registration', 'registration', false), ...isNew },
        { ...text('thirdParty.contact', 'contact', false), ...isNew },
        { ...text('thirdParty.email', 'email', false, t('engagements.emailHelp')), ...isNew },
      ];
  return [
    ...who,
    {
      name: 'purpose',
      label: t('engagements.purpose'),
      type: 'area',
      max: 20_000,
      required: demands.includes('purpose'),
    },
    ...(scopes.length === 0
      ? []
      : [
          {
            name: 'scope',
            label: t('engagements.scope'),
            type: 'many' as const,
            options: scopes.map(({ id, title }) => ({ value: id, label: format.text(title) })),
          },
        ]),
    {
      name: 'otherScope',
      label: t(scopes.length === 0 ? 'engagements.scope' : 'engagements.otherScope'),
      type: 'points',
      required: scopes.length === 0 && demands.includes('scope'),
    },
    { name: 'effect', label: t('engagements.effect'), type: 'area', max: 20_000, required: demands.includes('effect') },
    {
      name: 'interest',
      label: t('engagements.interest'),
      type: 'select',
      required: true,
      options: ['none', 'conflict'].map((value) => ({ value, label: t(`engagementInterest.${value}`) })),
    },
    {
      name: 'interestDetails',
      label: t('engagements.interestDetails'),
      type: 'area',
      when: ({ interest }) => interest === 'conflict',
    },
  ];
}

/** What was entered, as the API takes it. */
export function applicationOf({ who: _who, ...said }: Record<string, unknown>): Record<string, unknown> {
  const third = Object.entries(said).filter(([name]) => name.startsWith('thirdParty.'));
  const rest = Object.fromEntries(Object.entries(said).filter(([name]) => !name.startsWith('thirdParty.')));
  if (third.length === 0) return rest;
  const thirdParty = Object.fromEntries(third.map(([name, value]) => [name.slice('thirdParty.'.length), value]));
  return { ...rest, thirdParty: JSON.stringify(thirdParty) };
}
