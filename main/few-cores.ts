import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/**
 * V8 marks what is alive on three threads beside main's: with no more cores than that a window waits for
 * them. To be imported before all else: the flag is not to change while memory is being marked.
 */
if (availableParallelism() <= 4) setFlagsFromString('--no-concurrent-marking');
