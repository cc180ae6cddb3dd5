import type { IDataObject } from 'n8n-workflow';

import { unifiedDiff, wordChanges } from '../../../../lib/openai/toolbox/diff';
import { editText } from '../../../../lib/openai/toolbox/edit';
import { readText } from '../../../../lib/openai/toolbox/textInputs';
import type { OperationHandler } from '../../../shared/router';
import { modelOf } from '../../shared/textModel';

export const edit: OperationHandler = async (ctx, itemIndex, connection) => {
	const text = readText(ctx.getNodeParameter('text', itemIndex, ''), 'Text');
	const edited = await editText(connection.transport, {
		model: modelOf(ctx, itemIndex, 'chat', connection),
		text,
		instruction: readText(ctx.getNodeParameter('instruction', itemIndex, ''), 'Instruction'),
		options: ctx.getNodeParameter('options', itemIndex, {}) as IDataObject,
	});
	const diff = ctx.getNodeParameter('diff', itemIndex, 'none') as string;
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	const { model, usage, raw } = edited;
	const json: IDataObject = {
		text: edited.text,
		changed: edited.text !== text,
		...differences(diff, text, edited.text),
		model,
		...(simplify && usage ? { usage: { ...usage } } : {}),
		...(simplify ? {} : { response: raw as IDataObject }),
	};
	return [{ json }];
};

function differences(wanted: string, before: string, after: string): IDataObject {
	const all = wanted === 'both';
	return {
		...(all || wanted === 'unified' ? { diff: unifiedDiff(before, after) } : {}),
		...(all || wanted === 'changes'
			? { changes: wordChanges(before, after).map((change) => ({ ...change })) }
			: {}),
	};
}
