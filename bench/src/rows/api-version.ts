/** The query that every request of the bench has. */
export const API_VERSION = 'api-version=7.6'
