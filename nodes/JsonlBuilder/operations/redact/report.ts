import type { IDataObject } from 'n8n-workflow';

import type { RedactionReport } from '../../../../lib/privacy/redactor';

/** Counts of several redactors as one report. */
export function mergedReport(reports: readonly RedactionReport[]): IDataObject {
	const types = new Map<string, { count: number; examples: number }>();
	const sum = { examples: 0, examplesTouched: 0, replaced: 0, survivors: 0 };
	for (const report of reports) {
		sum.examples += report.examples;
		sum.examplesTouched += report.examplesTouched;
		sum.replaced += report.replaced;
		sum.survivors += report.survivors;
		for (const [type, { count, examples }] of Object.entries(report.types)) {
			const known = types.get(type) ?? { count: 0, examples: 0 };
			types.set(type, { count: known.count + count, examples: known.examples + examples });
		}
	}
	return { ...sum, types: Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
