import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { completeText, type CompletedText } from '../../../../lib/openai/toolbox/complete';
import { readText } from '../../../../lib/openai/toolbox/textInputs';
import type { OperationHandler } from '../../../shared/router';
import { modelOf } from '../../shared/textModel';

export const complete: OperationHandler = async (ctx, itemIndex, connection) => {
	const { endpoint, ...options } = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const completed = await completeText(connection.transport, {
		model: modelOf(ctx, itemIndex, 'completion', connection),
		prompt: readText(ctx.getNodeParameter('prompt', itemIndex, ''), 'Prompt'),
		options,
		route: endpoint as 'auto' | undefined,
		provider: connection.provider,
	});
	if (completed.note) hintOnce(ctx, completed.note);
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	return [{ json: simplify ? simplified(completed) : whole(completed) }];
};

function simplified({ choices, via, note, model, usage }: CompletedText): IDataObject {
	const [{ text, finish_reason, logprobs }] = choices;
	return {
		text,
		finish_reason,
		model,
		via,
		...(note ? { note } : {}),
		...(logprobs ? { logprobs: logprobs as IDataObject } : {}),
		...(choices.length > 1 ? { choices: choices as unknown as IDataObject[] } : {}),
		...(usage ? { usage: { ...usage } } : {}),
	};
}

function whole({ raw, via, note }: CompletedText): IDataObject {
	return { ...(raw as IDataObject), via, ...(note ? { note } : {}) };
}

const hinted = new WeakMap<object, Set<string>>();

/** One line above the output, however many items there are. */
function hintOnce(ctx: IExecuteFunctions, message: string): void {
	const run = ctx.getInputData();
	const seen = hinted.get(run) ?? new Set();
	hinted.set(run, seen);
	if (seen.has(message)) return;
	seen.add(message);
	ctx.addExecutionHints({ message, location: 'outputPane', type: 'info' });
}
