import { ExecuteContext } from 'n8n-core';

import { JsonlBuilder } from '../../../nodes/JsonlBuilder/JsonlBuilder.node';
import { startNode } from '../harness';
import { file, jsonl, many, run } from './support';

describe('the node', () => {
	test('stops when the execution is stopped, whatever "continue on fail" says', async () => {
		const items = [{ files: file(jsonl(...many(10))) }];
		const { result, cancel } = startNode({
			node: new JsonlBuilder(),
			items,
			parameters: { operation: 'validate' },
			continueOnFail: true,
		});
		cancel();
		const { status, outputs } = await result;
		expect(status).not.toBe('success');
		expect(outputs.flat()).toEqual([]);
	});

	test.each([
		['build', ['Dataset', 'Left Out']],
		['split', ['Training', 'Validation']],
		['validate', ['Valid', 'Invalid']],
	])('failing items of %s go to the error output behind its own two', async (operation) => {
		const { outputs } = await run(
			operation,
			operation === 'build' ? { questionField: '={{ "" }}' } : {},
			{ items: [{ json: {} }], onError: 'continueErrorOutput' },
		);
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 1]);
		expect(outputs[2][0].json.error).toBeTruthy();
	});

	test('gives an agent everything in the one output it sees', async () => {
		const asTool = jest.spyOn(ExecuteContext.prototype, 'isToolExecution').mockReturnValue(true);
		const { outputs } = await run('validate', { inputType: 'text', text: 'oops' });
		asTool.mockRestore();
		expect(outputs[0]).toEqual([
			expect.objectContaining({ json: expect.objectContaining({ valid: false }) }),
		]);
		expect(outputs[1] ?? []).toEqual([]);
	});
});
