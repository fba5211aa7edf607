/** The other end of a `HelperProcess`; ends this process when the bench lets go of it. */
export function answerQuestions(
  answer: (question: never) => Promise<unknown>,
  close: () => Promise<void> = () => Promise.resolve(),
): void {
  process.on('message', (question) => {
    // Both ends of the channel are of one source, and name the same types.
    answer(question as never).then(
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
