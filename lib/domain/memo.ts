/**
 * Two ways of not asking twice. Both hold for questions whose answer follows from what they are asked about alone, and for
 * things that are never changed: facts are read once, and shared by VMs and rules.
 */

/** Answers about an object from memory when it is asked about again; the memory goes when the object goes. */
export function onceFor<Subject extends object, Answer>(
  ask: (subject: Subject) => Answer,
): (subject: Subject) => Answer {
  const answers = new WeakMap<Subject, { readonly answer: Answer }>();
  return (subject) => {
    const known = answers.get(subject);
    if (known) {
      return known.answer;
    }
    const answer = ask(subject);
    answers.set(subject, { answer });
    return answer;
  };
}

/**
 * Gives the last answer again when it is asked about the very same two things as the time before: the rules of one VM,
 * one after the other, put many a question that another one has just put.
 */
export function untilOthers<A, B, Answer>(ask: (a: A, b: B) => Answer): (a: A, b: B) => Answer {
  let last: { readonly a: A; readonly b: B; readonly answer: Answer } | undefined;
  return (a, b) => {
    if (last && last.a === a && last.b === b) {
      return last.answer;
    }
    const answer = ask(a, b);
    last = { a, b, answer };
    return answer;
  };
}
