import { ApiError } from '../../../../lib/http/errors';
import { checkGrader, validateGrader, type Grader } from '../../../../lib/openai/graders';
import type { OperationHandler } from '../../../shared/router';
import { toItem } from '../job/output';

import { assertGraders } from './assertGraders';
import { unreadGrader } from './readGrader';

/** A refused grader is an answer, so that a workflow can branch on `valid`. */
export const validate: OperationHandler = async (ctx, itemIndex, { transport, dialect }) => {
	assertGraders(dialect);
	const grader = asObject(unreadGrader(ctx, itemIndex));
	const [finding] = checkGrader(grader);
	if (finding) {
		const { message, path, fix } = finding;
		return [toItem({ valid: false, message, path: path ?? null, fix }, itemIndex)];
	}
	const verdict = await ask(() => validateGrader(transport, grader as Grader));
	return [toItem(verdict, itemIndex)];
};

async function ask(validated: () => Promise<{ grader?: Grader }>): Promise<object> {
	try {
		const { grader } = await validated();
		return { valid: true, grader: grader ?? null };
	} catch (cause) {
		return refusal(cause);
	}
}

function refusal(cause: unknown): object {
	if (cause instanceof ApiError && [400, 422].includes(cause.details.status ?? 0)) {
		return { valid: false, message: cause.message, path: cause.details.param ?? null };
	}
	throw cause;
}

function asObject(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		// Judged like anything else that is not an object.
		return value;
	}
}
