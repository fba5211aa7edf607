import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { isGuid } from '@claviger/vault'
import { parseSinkPlaces, type SinkPlace } from './audit-delivery/sink-place.ts'
import { BOTH_LOOPBACKS } from './process/listen-addresses.ts'

/** What a default may depend on. */
export interface Surroundings {
  /** Relative paths in settings start here. */
  readonly workingDirectory: string
  /** Processor cores this process may use. */
  readonly cores: number
}

/** One row of the table of settings: where a value comes from and what it may be. */
export interface Setting<Value> {
  readonly variable: `CLAVIGER_${string}`
  /** One or two sentences for `docs/configuration.md`. */
  readonly description: string
  /** What a legal value looks like, with unit and limits; ends "<variable> must be …". */
  readonly form: string
  /** The default as the documentation prints it. */
  readonly defaultText: string
  fallback(surroundings: Surroundings): Value
  /** Gives `undefined` where the text is not of the form. */
  parse(text: string, surroundings: Surroundings): Value | undefined
}

/** The kinds of value a setting has; each gives its form and how to read it. */
type Kind<Value> = Pick<Setting<Value>, 'form' | 'parse'>

/** A whole number within limits, both included. */
export function wholeNumber(minimum: number, maximum: number, unit = ''): Kind<number> {
  const range = `from ${minimum} to ${maximum}`
  return {
    form: unit === '' ? `a whole number ${range}` : `a whole number of ${unit} ${range}`,
    parse(text) {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      return value >= minimum && value <= maximum ? value : undefined
    },
  }
}

/** A TCP port; 0 lets the system choose. */
export function port(): Kind<number> {
  return { ...wholeNumber(0, 65_535), form: 'a port from 0 to 65535 (0 takes any free one)' }
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Kind<Word> {
  return {
    form: `one of ${words.map((word) => `\`${word}\``).join(', ')}`,
    parse: (text) => words.find((word) => word === text),
  }
}

/** `on` or `off`. */
export function onOff(): Kind<boolean> {
  return {
    form: '`on` or `off`',
    parse: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
  }
}

/** A path, made absolute. */
export function path(): Kind<string> {
  return {
    form: 'a path without NUL characters',
    parse: (text, { workingDirectory }) =>
      text.includes('\0') ? undefined : resolve(workingDirectory, text),
  }
}

/** An IP address to listen on. */
export function listenHost(): Kind<string> {
  return {
    form: '`localhost` for both loopback addresses, or one IP address without port, such as `0.0.0.0`',
    parse: (text) => {
      const host = text.toLowerCase()
      return host === BOTH_LOOPBACKS || isIP(host) !== 0 ? host : undefined
    },
  }
}

/** A DNS name in lower case, without port; RFC 1123 §2.1. */
export function dnsName(): Kind<string> {
  return { form: 'a DNS name without port, such as `example.com`', parse: parseDnsName }
}

/**
 * DNS names and IP addresses separated by commas; upper case is folded, repetitions are dropped.
 */
export function hostList(): Kind<readonly string[]> {
  return {
    form: 'DNS names or IP addresses without ports, separated by commas',
    parse(text) {
      const hosts = text.split(',').map((entry) => parseHost(entry.trim()))
      const valid = hosts.filter((host) => host !== undefined)
      return valid.length === hosts.length ? [...new Set(valid)] : undefined
    },
  }
}

/** An `http:` URL that paths can be added to; given without the slash at its end. */
export function httpUrl(): Kind<string> {
  return {
    form: 'a URL such as `http://pki.example.com`, without user, query and fragment',
    parse: (text) => parseUrl(text, 'http:')?.href.replace(/\/$/, ''),
  }
}

/** An issuer of tokens: `https:`, or `http:` on this machine, letter by letter as it names itself. */
export function issuerUrl(): Kind<string> {
  return {
    form: 'an `https:` URL without user, query and fragment (`http:` on this machine alone)',
    parse(text) {
      const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(text)?.hostname ?? '')
      const url = parseUrl(text, 'https:') ?? (isLocal ? parseUrl(text, 'http:') : undefined)
      return url === undefined ? undefined : text
    },
  }
}

/** A word that others have chosen, such as a client id. */
export function word(): Kind<string> {
  return {
    form: '1 to 256 printable characters without spaces',
    parse: (text) => (/^[\x21-\x7e]{1,256}$/.test(text) ? text : undefined),
  }
}

/** `https:` URLs separated by commas, as `URL` writes them; repetitions are dropped. */
export function httpsUrlList(): Kind<readonly string[]> {
  return {
    form: '`https:` URLs without user, query and fragment, separated by commas',
    parse(text) {
      const urls = text.split(',').map((entry) => parseUrl(entry.trim(), 'https:')?.href)
      const valid = urls.filter((url) => url !== undefined)
      return valid.length === urls.length ? [...new Set(valid)] : undefined
    },
  }
}

/** Names, each with an URL or a file, separated by commas. */
export function sinkPlaces(): Kind<readonly SinkPlace[]> {
  return {
    form:
      'up to 16 of `name=https://…` (`http://` for this machine alone; without user, query and ' +
      'fragment) or `name=file:/…` with an absolute path, separated by commas; names have 1 to 64 ' +
      'lower-case letters, digits and hyphens; each name and each place may stand there once',
    parse: parseSinkPlaces,
  }
}

/** A GUID, in lower case. */
export function guid(): Kind<string> {
  return {
    form: 'a GUID such as `01234567-89ab-cdef-0123-456789abcdef`',
    parse: (text) => (isGuid(text) ? text.toLowerCase() : undefined),
  }
}

/** A word of letters, digits and hyphens, at most 64 characters. */
export function label(): Kind<string> {
  return {
    form: '1 to 64 lower-case letters, digits and hyphens',
    parse: (text) => (/^[a-z0-9-]{1,64}$/.test(text) ? text : undefined),
  }
}

/** Labels separated by commas; repetitions are dropped. */
export function labelList(): Kind<readonly string[]> {
  const { parse } = label()
  return {
    form: 'words of lower-case letters, digits and hyphens, separated by commas',
    parse(text, surroundings) {
      const labels = text.split(',').map((entry) => parse(entry.trim(), surroundings))
      const valid = labels.filter((one) => one !== undefined)
      return valid.length === labels.length ? [...new Set(valid)] : undefined
    },
  }
}

/** The code of one state of a store, as the refused start has named it. */
export function storeCode(): Kind<string> {
  return {
    form: 'the 16 hexadecimal digits that the refused start has named',
    parse: (text) => (/^[0-9a-f]{16}$/.test(text) ? text : undefined),
  }
}

/** Also takes `off`, which is `undefined`; so the parsed value is wrapped. */
export function orOff<Value>(kind: Kind<Value>): Kind<Value | 'off'> {
  return {
    form: `${kind.form}, or \`off\``,
    parse: (text, surroundings) => (text === 'off' ? 'off' : kind.parse(text, surroundings)),
  }
}

/** A setting that may be absent. */
export function optional<Value>(kind: Kind<Value>): Kind<Value | undefined> {
  return kind
}

function parseUrl(text: string, protocol: string): URL | undefined {
  const url = URL.parse(text)
  const isPlain =
    url?.protocol === protocol && url.username === '' && url.password === '' &&
    url.search === '' && url.hash === ''
  return isPlain ? url : undefined
}

function parseHost(text: string): string | undefined {
  return isIP(text) === 0 ? parseDnsName(text) : text.toLowerCase()
}

function parseDnsName(text: string): string | undefined {
  const name = text.toLowerCase()
  const labels = name.split('.')
  const valid = labels.every((part) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(part))
  // A last label of digits alone would be read as an IPv4 address by clients.
  return valid && name.length <= 253 && !/^\d+$/.test(labels.at(-1) ?? '') ? name : undefined
}
