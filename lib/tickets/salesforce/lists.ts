/** Values to choose from, out of the description of cases. */
import type { DescribeResult } from './types';

export interface Choice {
	/** As people see it. */
	name: string;
	/** As the API takes it. */
	value: string;
}

/** The values of a picklist that are in use. */
export function picklistValues({ fields }: DescribeResult, field: string): Choice[] {
	const values = fields?.find(({ name }) => name === field)?.picklistValues ?? [];
	return values.flatMap(({ value, label, active }) =>
		value && active !== false ? [{ name: label || value, value }] : [],
	);
}

/** Record types by developer name, without the one that every object has. */
export function activeRecordTypes({ recordTypeInfos = [] }: DescribeResult): Choice[] {
	return recordTypeInfos.flatMap(({ name, developerName, active, master }) =>
		developerName && active !== false && master !== true
			? [{ name: name || developerName, value: developerName }]
			: [],
	);
}
