import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { CanceledError } from '../../../lib/http/canceled';
import { ApiError } from '../../../lib/http/errors';
import { SettingError } from '../../../lib/openai/settingError';
import { errorItem, toNodeError } from '../../../nodes/shared/errors';

const NODE = {
	id: '1',
	name: 'Node',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;

it('keeps what a server said, in the place where n8n looks for it', () => {
	const details = {
		status: 429,
		code: 'rate_limit_exceeded',
		requestId: 'req_1',
		retryAfterMs: 20_000,
		body: '{}',
		method: 'POST',
		path: '/files',
	};
	const error = toNodeError(NODE, new ApiError('Slow down', details), 3);
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error).toMatchObject({
		message: 'Too many requests: Slow down',
		description: expect.stringMatching(/wait 20 s\. Request ID: req_1$/),
		httpCode: '429',
		failure: { cause: 'rate-limited', retryAfterMs: 20_000 },
		context: {
			itemIndex: 3,
			data: expect.objectContaining({ code: 'rate_limit_exceeded', body: '{}' }),
		},
	});
	expect(errorItem(error, 3)).toEqual({
		json: {
			error: {
				message: error.message,
				description: error.description,
				status: 429,
				code: 'rate_limit_exceeded',
				requestId: 'req_1',
				method: 'POST',
				path: '/files',
				body: '{}',
			},
		},
		pairedItem: { item: 3 },
	});
});

it('says what is wrong with a setting', () => {
	const error = toNodeError(NODE, new SettingError("'X' is empty", 'Enter it.', 'X'), 1);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error).toMatchObject({
		message: "'X' is empty",
		description: 'Enter it.',
		context: { itemIndex: 1 },
	});
	expect(errorItem(error, 1).json).toEqual({
		error: { message: "'X' is empty", description: 'Enter it.' },
	});
});

it('leaves an error of n8n as it is, but for the item it does not name', () => {
	const own = new NodeOperationError(NODE, 'Own', { itemIndex: 5 });
	expect(toNodeError(NODE, own, 1)).toBe(own);
	expect(own.context.itemIndex).toBe(5);
	const nameless = new NodeOperationError(NODE, 'Own');
	expect(toNodeError(NODE, nameless, 1).context.itemIndex).toBe(1);
});

it.each([new Error('Plain'), 'Plain'])('wraps %p', (thrown) => {
	expect(toNodeError(NODE, thrown)).toMatchObject({ message: 'Plain' });
});

it('lets n8n see a cancellation as one', () => {
	// n8n looks for this word, and otherwise shows the execution as failed.
	expect(toNodeError(NODE, new CanceledError()).message).toContain('canceled');
});

it.each(['A supermodel with filePermissions', 'The preexisting model'])(
	'keeps the message %j, in which n8n sees an EPERM or EEXIST',
	(message) => {
		expect(toNodeError(NODE, new ApiError(message, { status: 400 })).message).toBe(message);
		expect(toNodeError(NODE, new SettingError(message, '')).message).toBe(message);
		expect(toNodeError(NODE, new Error(message)).message).toBe(message);
	},
);
