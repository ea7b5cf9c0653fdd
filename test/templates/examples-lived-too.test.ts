import { livedAgain } from '../support/lived-again.ts';

livedAgain(1);
