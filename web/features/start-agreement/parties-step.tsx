import { Button, Collapse } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../wire.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useMe } from '../../app/me.ts';
import { PartyFields } from './party-fields.tsx';
import type { PartyEntry, StartForm } from './start-form.ts';

/** Who is on which side, who fills the seats, and who coordinates. */
export function PartiesStep({
  template,
  form,
  change,
  problem,
}: {
  template: Template;
  form: StartForm;
  change: (form: StartForm) => void;
  problem: (path: string) => string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const isFilled = (entry: PartyEntry | undefined): boolean => Boolean(entry && (entry.name || entry.email));
  const seated = template.seats.filter(({ id }) => isFilled(form.seats[id])).length;
  const hasProblem = template.seats.some(({ id }) => problem(`seats.${id}.name`) ?? problem(`seats.${id}.email`));
  return (
    <div className="stack">
      {Object.entries(template.parties).map(([role, title]) => {
        const entry = form.parties[role];
        return entry ? (
          <PartyFields
            key={role}
            path={`parties.${role}`}
            title={format.text(title)}
            hint={t('start.partyHint')}
            organisation
            entry={entry}
            change={(party) => change({ ...form, parties: { ...form.parties, [role]: party } })}
            problem={problem}
          />
        ) : null;
      })}
      <PartyFields
        path="coordinator"
        title={t('role.coordinator')}
        hint={
          <>
            {t('start.coordinatorHint')}{' '}
            {me && form.coordinator.email === '' ? (
              <Button
                type="link"
                size="small"
                className="inline-link"
                onClick={() =>
                  change({
                    ...form,
                    coordinator: { name: me.name, email: me.email, language: me.language, contact: '' },
                  })
                }
              >
                {t('wizard.myself')}
              </Button>
            ) : null}
          </>
        }
        organisation={false}
        entry={form.coordinator}
        change={(coordinator) => change({ ...form, coordinator })}
        problem={problem}
      />
      {template.seats.length > 0 ? (
        <Collapse
          {...(hasProblem ? { activeKey: 'seats' } : { defaultActiveKey: seated > 0 ? 'seats' : [] })}
          items={[
            {
              key: 'seats',
              label: t('wizard.seats', { count: template.seats.length, filled: seated }),
              children: (
                <div className="stack">
                  <p className="muted small none-yet">{t('start.seatsHint')}</p>
                  {template.seats.map(({ id, party, title, clauses }) => {
                    const entry = form.seats[id];
                    const side = template.parties[party];
                    return entry ? (
                      <PartyFields
                        key={id}
                        path={`seats.${id}`}
                        title={format.text(title)}
                        hint={
                          <>
                            {side ? t('start.seatOf', { party: format.text(side) }) : ''}{' '}
                            <ClauseLinks clauses={clauses} />
                          </>
                        }
                        organisation={false}
                        optional
                        entry={entry}
                        change={(person) => change({ ...form, seats: { ...form.seats, [id]: person } })}
                        problem={problem}
                      />
                    ) : null;
                  })}
                </div>
              ),
            },
          ]}
        />
      ) : null}
    </div>
  );
}
