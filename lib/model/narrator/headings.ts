/** The four sections a model writes; everything else in a report comes from code. */

export const REPORT_HEADINGS = ['Executive Summary', 'Performance Analysis', 'Key Findings', 'Recommendations'] as const

export type ReportHeading = (typeof REPORT_HEADINGS)[number]
