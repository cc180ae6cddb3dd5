import type { FastifyInstance } from 'fastify';

import { checkBody, type Body } from '../check';
import { checkGrader } from '../graders/rules';
import { runGrader } from '../graders/run';

const BASE = '/v1/fine_tuning/alpha/graders';

/** https://developers.openai.com/api/docs/guides/graders */
export function graderRoutes(app: FastifyInstance): void {
	app.post(`${BASE}/run`, ({ body: json }) => {
		const body = checkBody(json, {
			grader: { type: 'object', required: true },
			item: { type: 'any' },
			model_sample: { type: 'string', required: true },
		});
		const grader = body.grader as Body;
		checkGrader(grader);
		const started = performance.now();
		const answer = runGrader(grader, body.item ?? {}, body.model_sample as string, 0);
		(answer.metadata as Body).execution_time = (performance.now() - started) / 1000;
		return answer;
	});

	app.post(`${BASE}/validate`, ({ body: json }) => {
		const { grader } = checkBody(json, { grader: { type: 'object', required: true } });
		checkGrader(grader as Body);
		return { grader };
	});
}
