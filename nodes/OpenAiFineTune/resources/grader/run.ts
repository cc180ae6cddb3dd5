import { raisedFlags, runGrader, type GraderRun } from '../../../../lib/openai/graders';
import type { OperationHandler } from '../../../shared/router';
import { isSimplified, toItem } from '../job/output';
import { jsonObject } from '../job/parameters';

import { assertGraders } from './assertGraders';
import { graderParameter } from './readGrader';

export const run: OperationHandler = async (ctx, itemIndex, { transport, dialect }) => {
	assertGraders(dialect);
	const item = jsonObject(ctx.getNodeParameter('item', itemIndex, {}), 'Item');
	const answer = await runGrader(transport, {
		grader: graderParameter(ctx, itemIndex),
		model_sample: String(ctx.getNodeParameter('modelSample', itemIndex)),
		...(Object.keys(item).length > 0 && { item }),
	});
	return [toItem(isSimplified(ctx, itemIndex) ? simplify(answer) : answer, itemIndex)];
};

function simplify(answer: GraderRun): object {
	const { metadata } = answer;
	return {
		reward: answer.reward ?? null,
		sub_rewards: answer.sub_rewards ?? {},
		flags: raisedFlags(answer),
		execution_time: metadata?.execution_time ?? null,
		token_usage: metadata?.token_usage ?? null,
		sampled_model_name: metadata?.sampled_model_name ?? null,
	};
}
