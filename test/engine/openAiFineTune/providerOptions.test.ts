import type { CallName, Dialect } from '../../../lib/openai/dialects/types';
import { openAiDialect } from '../../../lib/openai/dialects/openai';
import { isOffered } from '../../../nodes/OpenAiFineTune/providerOptions';
import * as checkpointPermission from '../../../nodes/OpenAiFineTune/resources/checkpointPermission';
import * as file from '../../../nodes/OpenAiFineTune/resources/file';
import * as grader from '../../../nodes/OpenAiFineTune/resources/grader';
import * as job from '../../../nodes/OpenAiFineTune/resources/job';
import * as model from '../../../nodes/OpenAiFineTune/resources/model';
import * as storedCompletion from '../../../nodes/OpenAiFineTune/resources/storedCompletion';

const RESOURCES = { checkpointPermission, file, grader, job, model, storedCompletion };
const OPERATIONS = Object.entries(RESOURCES).flatMap(([resource, { operations }]) =>
	Object.keys(operations).map((operation) => [resource, operation] as const),
);

const lacking = (...calls: string[]): Dialect => ({
	...openAiDialect,
	lacks: Object.fromEntries(calls.map((call) => [call, 'Not here.'])),
});

it.each(OPERATIONS)('knows which call %s needs to %s', (resource, operation) => {
	const nothing = new Proxy({}, { get: () => 'Not here.' }) as Record<CallName, string>;
	expect(isOffered({ ...openAiDialect, lacks: nothing }, resource, operation)).toBe(false);
	expect(isOffered(openAiDialect, resource, operation)).toBe(true);
});

it('offers metrics as long as one of their sources is there', () => {
	const sources = ['files.content', 'jobs.events', 'jobs.checkpoints'];
	expect(isOffered(lacking(...sources), 'job', 'getMetrics')).toBe(false);
	for (const source of sources) {
		const others = sources.filter((one) => one !== source);
		expect(isOffered(lacking(...others), 'job', 'getMetrics')).toBe(true);
	}
});
