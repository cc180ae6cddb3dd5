import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import { SettingError } from '../../../../lib/openai/settingError';
import { storedCompletions } from '../../../../lib/openai/storedCompletions';
import {
	type StoredDatasetOptions,
	type StoredDatasetReport,
	storedExamples,
} from '../../../../lib/openai/storedDataset';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { limitParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';

import { readFilters } from './filters';

/** Stored Completion > Export to JSONL: answers worth learning from, as a file to check and train with. */
export const exportJsonl: OperationHandler = async (ctx, itemIndex, { transport }) => {
	const options = readOptions(ctx, itemIndex);
	const field = plainText(ctx.getNodeParameter('outputField', itemIndex)).trim() || 'data';
	const fileName = plainText(ctx.getNodeParameter('fileName', itemIndex)) || 'completions.jsonl';
	const examples = storedExamples(
		transport,
		storedCompletions(transport, readFilters(ctx, itemIndex)),
		options,
		limitParameter(ctx, itemIndex),
	);
	let report: StoredDatasetReport | undefined;
	async function* lines(): AsyncGenerator<Buffer> {
		let next = await examples.next();
		for (; !next.done; next = await examples.next()) yield Buffer.from(`${next.value.line}\n`);
		report = next.value;
	}
	const file = await writeBinary(ctx, lines(), { fileName, mimeType: JSONL_MIME_TYPE });
	sayIfEmpty(ctx, report!);
	return [
		{
			json: { file_name: fileName, ...(report as unknown as IDataObject) },
			binary: { [field]: file },
			pairedItem: { item: itemIndex },
		},
	];
};

function readOptions(ctx: IExecuteFunctions, itemIndex: number): StoredDatasetOptions {
	const { finishReasons, systemMessage, includeTools, minAnswerLength } = ctx.getNodeParameter(
		'exportOptions',
		itemIndex,
		{},
	) as IDataObject;
	const least = Number(minAnswerLength ?? 0);
	if (!(least >= 0)) {
		throw new SettingError(
			"'Min Answer Length' is not a number",
			'Enter how many characters an answer must have, or remove the option.',
			'Min Answer Length',
		);
	}
	const reasons = Array.isArray(finishReasons) ? finishReasons.map(String) : undefined;
	return {
		finishReasons: new Set(reasons ?? ['stop', 'tool_calls']),
		systemMessage: typeof systemMessage === 'string' ? systemMessage : undefined,
		includeTools: includeTools !== false,
		minAnswerLength: least,
	};
}

function sayIfEmpty(ctx: IExecuteFunctions, { read, examples }: StoredDatasetReport): void {
	if (examples > 0) return;
	ctx.addExecutionHints({
		message:
			read === 0
				? 'No stored completions match. A provider keeps answers only if they were asked for with "store": in Fine-Tuned Chat add the option Store.'
				: `None of the ${read} stored completions makes an example; "left_out" says why.`,
		location: 'outputPane',
		type: 'warning',
	});
}
