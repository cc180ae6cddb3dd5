import type { Dialect } from '../../../../lib/openai/dialects/types';
import { unsupported } from '../../../../lib/openai/jobs';

export function assertGraders(dialect: Pick<Dialect, 'supports'>): void {
	if (!dialect.supports.graders) {
		throw unsupported('run graders', 'Use a credential of OpenAI.');
	}
}
