/** Two tables tell when OpenAI shuts a model down: of those that are tuned, and of all, with what follows them. */
import { OPENAI_SCHEDULE, retirementOf } from '../../../../lib/openai/retirement';
import {
	SHUTDOWN_ROWS,
	shutdownRowOf,
	successorOf,
} from '../../../../lib/openai/toolbox/successors';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const TUNED = Object.keys(OPENAI_SCHEDULE.dates);
const NAMED = SHUTDOWN_ROWS.flatMap(({ models }) => models);

const scheduled = (id: string) => retirementOf({ id }, 'openAi', NOW)?.shutdownDate;
const inBoth = [...new Set([...TUNED, ...NAMED])].filter(
	(id) => scheduled(id) !== undefined && shutdownRowOf(id) !== undefined,
);

it.each(inBoth)('%s ends on the same day in both tables', (id) => {
	expect(shutdownRowOf(id)?.date).toBe(scheduled(id));
});

it('compares snapshots and the names that stand for them', () => {
	expect(inBoth).toEqual(expect.arrayContaining([...TUNED, 'gpt-4.1-mini', 'gpt-3.5-turbo']));
});

it.each(TUNED)('%s, which can be tuned no more one day, has a successor', (id) => {
	expect(successorOf(`ft:${id}:acme::x`)).toMatch(/^gpt-/);
});

it('names no model twice', () => {
	expect(NAMED).toHaveLength(new Set(NAMED).size);
});

it.each(SHUTDOWN_ROWS.map(({ date, models }) => [models.join(', '), date]))(
	'%s: %s is a day',
	(_models, date) => {
		expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
	},
);
