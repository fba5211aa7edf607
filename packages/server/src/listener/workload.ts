/** How much one listener takes on at a time. */
export interface WorkloadLimits {
  /** Requests that doors work on. */
  readonly requests: number
  /** Bytes of bodies, from their arrival until the answer. */
  readonly bodyBytes: number
}

/**
 * What one listener has taken on. A request counts only while a door works on it: were it counted
 * while its body arrives, clients that never send theirs would keep all others out.
 */
export class Workload {
  readonly #limits: WorkloadLimits
  #requests = 0
  #bodyBytes = 0

  constructor(limits: WorkloadLimits) {
    this.#limits = limits
  }

  /** Lets a door work, or gives `overloaded` when too many are at work. */
  async run<Result>(work: () => Promise<Result>, overloaded: () => Result): Promise<Result> {
    if (this.#requests >= this.#limits.requests) return overloaded()
    this.#requests += 1
    try {
      return await work()
    } finally {
      this.#requests -= 1
    }
  }

  /** Counts bytes of a body that came; false, and not counted, when that is too much. */
  hold(bytes: number): boolean {
    if (this.#bodyBytes + bytes > this.#limits.bodyBytes) return false
    this.#bodyBytes += bytes
    return true
  }

  /** @param bytes as many as were held. */
  release(bytes: number): void {
    this.#bodyBytes -= bytes
  }
}
