/** What is published is as of a little before: clocks differ, and none must find it of the future. */
export const BACKDATE_SECONDS = 300
