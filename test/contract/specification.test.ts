import { Specification } from './specification';

const specification = Specification.load();
const itWithSpecification = specification ? it : it.skip;

describe("OpenAI's specification (skipped where ../shared/specs is not present)", () => {
	const job = {
		object: 'fine_tuning.job',
		id: 'ftjob-1',
		created_at: 1,
		error: null,
		fine_tuned_model: null,
		finished_at: null,
		hyperparameters: { n_epochs: 'auto' },
		model: 'gpt-4.1-mini-2025-04-14',
		organization_id: 'org-1',
		result_files: [],
		status: 'running',
		trained_tokens: null,
		training_file: 'file-1',
		validation_file: null,
		seed: 1,
	};
	const path = '/fine_tuning/jobs/ftjob-1';

	itWithSpecification('accepts a good answer', () => {
		expect(specification?.misfits('GET', path, 200, job)).toEqual([]);
	});

	itWithSpecification.each([
		['a missing member', { ...job, seed: undefined }, /seed/],
		['an unknown status', { ...job, status: 'thinking' }, /status/],
		['a number out of bounds', { ...job, hyperparameters: { n_epochs: 51 } }, /n_epochs/],
	])('refuses %s', (_name, answer, misfit) => {
		const found = specification?.misfits('GET', path, 200, JSON.parse(JSON.stringify(answer)));
		expect(found?.join('\n')).toMatch(misfit);
	});

	itWithSpecification('refuses an error body without its members', () => {
		expect(specification?.misfits('GET', path, 404, { error: { message: 'no' } })).not.toEqual([]);
	});

	itWithSpecification('judges request bodies', () => {
		const good = { model: 'gpt-4.1-mini-2025-04-14', training_file: 'file-1' };
		expect(specification?.requestMisfits('POST', '/fine_tuning/jobs', good)).toEqual([]);
		expect(specification?.requestMisfits('POST', '/fine_tuning/jobs', { model: 'x' })).not.toEqual(
			[],
		);
	});
});
