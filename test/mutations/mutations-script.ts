import { MUTATIONS, tryMutations } from './all-mutations.ts';

/** `npm run mutations [-- words]`: breaks each promise on purpose; ends with 1 when a test does not notice. */
const words = process.argv.slice(2).join(' ');
const chosen = MUTATIONS.filter(({ name, behaviour }) => `${behaviour} ${name}`.includes(words));
if (chosen.length === 0) throw new RangeError(`No mutation has these words: ${words}`);
const verdicts = await tryMutations(chosen, ({ mutation, noticed, why }) => {
  console.log(
    `${noticed ? 'noticed' : 'MISSED '}  ${mutation.behaviour.slice(0, 3)}  ${mutation.name}\n             ${why}`,
  );
});
const missed = verdicts.filter(({ noticed }) => !noticed);
console.log(`\n${verdicts.length - missed.length} of ${chosen.length} mutations noticed`);
process.exitCode = missed.length > 0 ? 1 : 0;
