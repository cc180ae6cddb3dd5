import type { IExecuteFunctions } from 'n8n-workflow';

import type { Mapping, SourceRecord } from '../../../../lib/dataset/build';

/** What the parameter 'Example' holds when the items are the examples. */
const WHOLE_ITEM = /^=\{\{\s*\$json\s*\}\}$/;

/** What each item gives to its example: its JSON, or what the parameter 'Example' makes of it. */
export function* exampleRecords(
	ctx: IExecuteFunctions,
	{ kind }: Mapping,
): Generator<SourceRecord> {
	const items = ctx.getInputData();
	const isWholeItem =
		kind !== 'json' ||
		WHOLE_ITEM.test(String(ctx.getNode().parameters.example ?? '={{ $json }}').trim());
	for (let index = 0; index < items.length; index++) {
		yield isWholeItem ? items[index].json : toRecord(ctx.getNodeParameter('example', index));
	}
}

/** JSON text is parsed here; what is no object becomes a record that has no example in it. */
function toRecord(example: unknown): SourceRecord {
	let value = example;
	if (typeof example === 'string') {
		try {
			value = JSON.parse(example) as unknown;
		} catch {
			return { 'not JSON': example };
		}
	}
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as SourceRecord)
		: { 'not an object': value };
}
