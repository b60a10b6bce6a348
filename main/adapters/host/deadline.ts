/**
 * What `asked` gives, or what `late` gives in its place once the time is over. What was asked goes on
 * all the same: a call to the system cannot be taken back.
 *
 * @param deadline milliseconds
 * @param late called when the time is over; what it throws is thrown
 */
export async function within<T, L>(
  asked: Promise<T>,
  deadline: number,
  late: () => L,
): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadline);
  });
  try {
    return await Promise.race([asked, over.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
