/**
 * Argument by which the supervisor tells a primary that another one has served before it: then a
 * store is there, and one that is missing is never made anew.
 */
export const againArgument = '--again'
