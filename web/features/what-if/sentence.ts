import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { amountText } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import type { Template, Text } from '../../wire.ts';
import type { Assumption, Changes } from './assumption.ts';
import type { RecordedAct, WhatIf } from './what-if.ts';

/** What the assumptions are about, as the answer and the template name it. */
interface Named {
  answer: Pick<WhatIf, 'acts' | 'obligations'> | undefined;
  template: Template | undefined;
}

/** Assumptions in plain sentences. */
export function useAssumptionSentence({ answer, template }: Named): (assumption: Assumption) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const titled = useTitled();
  const actTitle = useActTitle();

  const duty = (id: string, occurrence?: string): string => {
    const title: Text | undefined =
      answer?.obligations.find((one) => one.id === id)?.title ??
      template?.obligations.find((one) => one.id === id)?.title;
    return title ? titled(title, occurrence) : id;
  };
  const value = (name: string, given: unknown): string => {
    const term = template?.terms.find((one) => one.name === name);
    if (given === null || given === 'not-agreed') return t('whatIf.says.notAgreed');
    if (typeof given === 'object') return JSON.stringify(given);
    const text = String(given);
    const option = term?.options?.find((one) => one.value === text);
    if (option) return format.text(option.label);
    switch (term?.type) {
      case 'money':
        return amountText(text);
      case 'percent':
        return `${text}%`;
      case 'date':
        return format.date(text);
      default:
        return text;
    }
  };
  const changes = ({ terms = {}, dates = {}, owners = {}, remove = [], expiresOn }: Changes): string => {
    const label = (name: string): string => {
      const term = template?.terms.find((one) => one.name === name);
      return term ? format.text(term.label) : name;
    };
    const day = (on: string | number): string => (typeof on === 'string' ? format.date(on) : String(on));
    return [
      ...Object.entries(terms).map(([name, one]) =>
        t('whatIf.says.term', { what: label(name), value: value(name, one) }),
      ),
      ...Object.entries(dates).map(([id, on]) => t('whatIf.says.dueOn', { what: duty(id), on: day(on) })),
      ...Object.entries(owners).map(([id, seat]) => t('whatIf.says.owner', { what: duty(id), who: role(seat) })),
      ...remove.map((id) => t('whatIf.says.removed', { what: duty(id) })),
      ...(expiresOn === undefined
        ? []
        : [
            expiresOn === null ? t('whatIf.says.noExpiry') : t('whatIf.says.expiresOn', { on: format.date(expiresOn) }),
          ]),
    ].join(t('common.then'));
  };

  return (assumption) => {
    switch (assumption.kind) {
      case 'act': {
        const act = answer?.acts.find(({ command }) => command === assumption.command);
        if (!act) return t('whatIf.says.actUnknown');
        const what = actTitle(act);
        const was = format.date(act.on);
        return assumption.on === null
          ? t('whatIf.says.actNever', { what, was })
          : t('whatIf.says.actOn', { what, was, on: format.date(assumption.on) });
      }
      case 'step': {
        const what = duty(assumption.obligation, assumption.occurrence);
        const on = format.date(assumption.on);
        return assumption.step === 'pay' && assumption.amount !== undefined
          ? t('whatIf.says.payAmount', { what, on, amount: amountText(assumption.amount) })
          : t(`whatIf.says.${assumption.step}`, { what, on });
      }
      case 'signing':
      case 'termination':
        return t(`whatIf.says.${assumption.kind}`, { on: format.date(assumption.on) });
      case 'change': {
        const what = changes(assumption.changes);
        return assumption.from === null
          ? t('whatIf.says.fromStart', { what })
          : t('whatIf.says.fromDay', { what, on: format.date(assumption.from) });
      }
      case 'suspension': {
        const { obligations, ground, from, until } = assumption;
        const scope =
          obligations.length === 0
            ? t('whatIf.says.allDuties')
            : obligations.map((id) => duty(id)).join(t('common.listSeparator'));
        const values = { scope, ground: t(`suspensionGround.${ground}`), from: format.date(from) };
        return until === null
          ? t('whatIf.says.suspensionOpen', values)
          : t('whatIf.says.suspension', { ...values, until: format.date(until) });
      }
    }
  };
}

/** What was done, about what, by which seat. */
export function useActTitle(): (act: RecordedAct) => string {
  const format = useFormat();
  const role = useRoleName();
  const { t } = useTranslation();
  return ({ title, about, seat }) => {
    const inside = [about ? format.text(about) : '', role(seat)].filter(Boolean).join(t('common.listSeparator'));
    return format.text(title) + t('common.brackets', { inside });
  };
}
