/** The other end of a `HelperProcess`; ends this process when the bench lets go of it. */
export function answerQuestions<Question, Answer>(
  answer: (question: Question) => Promise<Answer>,
  close: () => Promise<void> = () => Promise.resolve(),
): void {
  process.on('message', (question) => {
    // Both ends of the channel are of one source, and name the same types.
    answer(question as Question).then(
      (given) => process.send?.(given ?? null),
      (thrown: unknown) => {
        process.stderr.write(`bench: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`)
        process.exit(1)
      },
    )
  })
  process.once('disconnect', () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}
