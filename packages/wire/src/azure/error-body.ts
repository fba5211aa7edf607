/** The body of every error (section `Error` of the published description); `innererror` nests. */
export interface ErrorBody {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly innererror?: { readonly code: string }
  }
}

export function errorBody(code: string, message: string, innerCode?: string): ErrorBody {
  const inner = innerCode === undefined ? {} : { innererror: { code: innerCode } }
  return { error: { code, message, ...inner } }
}
