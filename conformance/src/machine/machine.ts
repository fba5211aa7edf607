/** A program that is there, or the reason why it is not. */
export type Found = { readonly path: string } | { readonly missing: string }

/** What the suites find on this machine; prepared before the namespace cuts the network off. */
export interface Machine {
  /** The runtime the server runs on. */
  readonly runtime: string
  /** A Node of another version that users may have. */
  readonly otherNode: Found
  /** A Python that has the official SDKs. */
  readonly python: Found
  /** A Python that has those of Alibaba Cloud, which need older packages beside them. */
  readonly alibabaPython: Found
  /** The Python that has the command line of Azure. */
  readonly azPython: Found
  readonly curl: Found
  readonly openssl: Found
  /** The library that moves the clock of a program. */
  readonly faketime: Found
  /** Of a Java that users may have. */
  readonly keytool: Found
  readonly java: Found
  /** The folder with the programs for Java and their libraries. */
  readonly javaPrograms: Found
  /** The folder with the programs in Go. */
  readonly goPrograms: Found
  /** The ACME server for tests of Let's Encrypt. */
  readonly pebble: Found
  /** Its name server. */
  readonly challtestsrv: Found
  /** The browser, for people who sign in. */
  readonly chromium: Found
  /** The folder where our own packages are installed from their tarballs. */
  readonly packed: Found
  /** Other runtimes that users may have. */
  readonly deno: Found
  readonly bun: Found
  readonly workerd: Found
}
