import { type Config, readConfig } from '@claviger/server/src/config.ts'

/** The configuration of a server on a data folder, for what is done to its store in process. */
export function storeConfig(dataDir: string): Config {
  return readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_ROOT_KEY_FILE: rootKeyFile(dataDir) })
}

/** Where the server keeps the root key of a data folder when it is told nothing else. */
export function rootKeyFile(dataDir: string): string {
  return `${dataDir}.root-key`
}
