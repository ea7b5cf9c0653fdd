import type { Instant, LocalDate } from '../domain/time.ts';
import { CommandFailed } from './output.ts';
import type { Scenario } from './scenario.ts';

/** A scenario in which something happens: it has a first moment and an end. */
export type LivableScenario = Scenario & { firstMs: Instant; untilMs: Instant; until: LocalDate };

/** The scenario as one that can be lived. @throws CommandFailed `nothing-happens` */
export function livable(scenario: Scenario): LivableScenario {
  const { firstMs, untilMs, until } = scenario;
  if (firstMs !== null && untilMs !== null && until !== null) return { ...scenario, firstMs, untilMs, until };
  throw new CommandFailed([
    {
      path: 'signedOn',
      code: 'nothing-happens',
      message: { zh: '剧本中什么都没有发生', en: 'nothing happens in this scenario' },
      cure: { zh: '请写明 signedOn，或在 script 中安排步骤', en: 'say signedOn, or put acts into the script' },
    },
  ]);
}
