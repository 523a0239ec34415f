/** Shards that a process works on at a time: what they read is most of its memory. Others wait for their turn with nothing read. */
const atOnce = 2;

let taken = 0;
const waiting: (() => void)[] = [];

/** Waits for a turn; the answer gives it back. */
export async function takeTurn(): Promise<() => void> {
  if (taken < atOnce) {
    taken += 1;
  } else {
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  let isGiven = false;
  return () => {
    if (isGiven) {
      return;
    }
    isGiven = true;
    const next = waiting.shift();
    if (next) {
      next();
    } else {
      taken -= 1;
    }
  };
}
